package io.legion;

/// What a node does with a store that may have lost writes on which other nodes count: the machine stopped
/// before they were on the disk, with a durability less than [io.legion.spi.Durability#FORCED], or files of
/// the store are damaged ([io.legion.spi.Store#damage()]). A node that never met another goes on after the
/// former in any case.
public enum IncompleteStore {
    /// It joins its cluster as a new node, with nothing, and copies everything from the others. If it can reach
    /// none of them, it does not start.
    REJOIN,
    /// It goes on under its identity with what is there: for when all nodes of a cluster stopped at once, so
    /// that none has more. An answer given in the last moments before may be gone. If another node does have
    /// more, replicas can contradict each other.
    TRUST
}
