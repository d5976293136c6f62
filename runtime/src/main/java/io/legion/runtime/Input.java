package io.legion.runtime;

/// Something for a node to take in.
interface Input {
    /// Gives itself to the node. Called by the thread that owns the node.
    void enter(Node node, long nowMillis);
}
