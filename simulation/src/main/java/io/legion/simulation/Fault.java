package io.legion.simulation;

/// One thing that goes wrong.
///
/// @param number names it, so that a run can be repeated without it
/// @param atMillis when, since the run began
/// @param machine whom it hits
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
        /// The machines up to this one see nothing of those after it.
        SPLIT,
        /// Many messages are lost, everywhere.
        LOSSY,
        /// Messages from the machine to the other take long.
        SLOW_LINK,
        /// The clock jumps, and stays there for a while.
        CLOCK,
        /// Writes take long.
        SLOW_DISK,
        /// The disk is full; somebody makes room after a while.
        FULL_DISK,
        /// The disk can not be read; it is repaired after a while.
        UNREADABLE_DISK,
        /// The machine burns down and comes back empty.
        LOSE_DISK,
        /// The disk is replaced by an old copy of itself, and the machine is told so.
        OLD_COPY,
        /// The disk is replaced by an old copy of itself, and nobody says so.
        OLD_COPY_UNTOLD,
        /// Somebody removes a participant, alive or not.
        REMOVE,
        /// Two participants are told at the same time to remove each other.
        REMOVE_EACH_OTHER,
        /// Somebody lets one more machine join.
        JOIN,
        /// Somebody ends an epoch for nothing.
        NOTHING_CHANGES,
        /// The next one that sees a decision made is cut off from all others before it can tell anybody.
        ISOLATE_AT_DECISION,
        /// So many machines are lost, or cut off, that a shard has no majority, and a person forces changes without
        /// one.
        MAJORITY_LOST_AND_FORCED,
        /// A whole node is told to leave, hands over its shards, and comes back as another one.
        LEAVE,
        /// The machine tells the cluster that the other one is out for good; that one comes back as another node.
        EJECT,
        /// A second process is started on a copy of the disk of a node that runs, and is stopped after a while.
        TWIN
    }

    @Override
    public String toString() {
        return "fault " + number + ": " + kind + " machine " + machine + ", other " + other + ", amount " + amount;
    }
}
