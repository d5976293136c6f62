package io.legion.operations;

/// What an operator orders of the versions of partition types, see [Operations#steerVersions].
public enum VersionOrder {
    /// No version becomes active, on no node, until this is taken back here or a version is ordered. A node forgets it
    /// when it stops; the setting `release.hold` lasts.
    HOLD,
    /// Takes [#HOLD], or the setting, back on this node.
    RELEASE,
    /// The versions that this node runs become active once all nodes run them, although they are held.
    RAISE
}
