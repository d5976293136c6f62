package io.legion.spi;

/// The world failed the cluster service: an address that is in use or not one of this machine, an engine that
/// does not start.
///
/// **What is true afterwards.** Only [Cluster#participate] throws it: the node takes no part, and sent nothing.
/// What the network does later causes no exception.
public final class ClusterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// @param message what happened, what is true now, and what to do
    /// @param cause what the engine said
    public ClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
