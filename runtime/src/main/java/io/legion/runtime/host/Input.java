package io.legion.runtime.host;

/// Something for a node to take in.
public interface Input {
    /// Gives itself to the node. Called by the thread that owns the node.
    void enter(Node node, long nowMillis);
}
