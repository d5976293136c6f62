package io.legion.operations;

/// What an operator orders of the versions of partition types, see [Operations#steerVersions].
public enum VersionOrder {
    /// No version becomes active, on no node, until this is taken back here or a version is ordered. The node's store
    /// keeps the order: it holds also after the node is started again.
    HOLD,
    /// Takes [#HOLD] back on this node, and the setting `release.hold` until this node stops.
    RELEASE,
    /// The versions that this node runs become active once all nodes run them, although they are held. What comes after
    /// them is held as before. A node forgets this when it stops.
    RAISE
}
