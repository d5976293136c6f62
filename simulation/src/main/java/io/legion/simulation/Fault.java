package io.legion.simulation;

/// One thing that goes wrong.
///
/// @param number names it, so that a run can be repeated without it
/// @param atMillis when, since the run began
/// @param machine the machine that it hits
/// @param other a second machine, where the kind needs one
/// @param amount how long in milliseconds, or how much; what it means depends on the kind
record Fault(int number, long atMillis, Kind kind, int machine, int other, long amount) {
    enum Kind {
        /// The process is killed, and started again after a while.
        KILL,
        /// The power fails; what was not forced may be gone.
        POWER,
        /// The process stands still.
        PAUSE,
        /// Nothing gets from the machine to the other.
        CUT_ONE_WAY,
        /// Nothing gets through between two machines.
        CUT,
        /// Nothing gets through between the machine and all others.
        ISOLATE,
        /// No message passes between the machines up to this one and the rest.
        SPLIT,
        /// Many messages get lost, everywhere.
        LOSSY,
        /// Messages from the machine to the other take long.
        SLOW_LINK,
        /// The clock jumps, and stays there for a while.
        CLOCK,
        /// Writes take long.
        SLOW_DISK,
        /// The disk is full, and has room again after a while.
        FULL_DISK,
        /// The disk cannot be read, and recovers after a while.
        UNREADABLE_DISK,
        /// The machine burns down and comes back empty.
        LOSE_DISK,
        /// An old copy of the disk takes its place, and the machine learns so.
        OLD_COPY,
        /// An old copy of the disk takes its place, and nobody says so.
        OLD_COPY_UNTOLD,
        /// A participant removes another, alive or not.
        REMOVE,
        /// Two participants set out at the same time to remove each other.
        REMOVE_EACH_OTHER,
        /// A participant invites one more machine.
        JOIN,
        /// A participant ends an epoch for nothing.
        NOTHING_CHANGES,
        /// The next machine that sees a decision made is cut off from all others before it can tell them.
        ISOLATE_AT_DECISION,
        /// So many machines are lost or cut off that a shard has no majority, and an operator forces changes.
        MAJORITY_LOST_AND_FORCED,
        /// A whole node leaves on command, hands over its shards, and comes back as another node.
        LEAVE,
        /// The machine tells the cluster that the other one, which comes back as another node, is out for good.
        EJECT,
        /// A second process starts on a copy of a running node's disk, and stops after a while.
        TWIN
    }

    @Override
    public String toString() {
        return "fault " + number + ": " + kind + " machine " + machine + ", other " + other + ", amount " + amount;
    }
}
