package io.legion.simulation.scene;

/// One thing that goes wrong, or that people do. Machines go by their numbers.
public sealed interface Fault {
    /// The process is killed, and started again after a while.
    record Kill(int machine, long millis) implements Fault {}

    /// The power fails; what was not forced may be gone.
    record PowerLoss(int machine, long millis) implements Fault {}

    /// The process stands still.
    record Pause(int machine, long millis) implements Fault {}

    /// Nothing gets from one machine to another.
    record CutOneWay(int from, int to, long millis) implements Fault {}

    /// Nothing gets through between two machines.
    record Cut(int one, int other, long millis) implements Fault {}

    /// Nothing gets through between the machine and all others.
    record Isolate(int machine, long millis) implements Fault {}

    /// No message passes between the machines up to the last of one side and the rest.
    record Split(int last, long millis) implements Fault {}

    /// Many messages get lost, everywhere.
    record Lossy(long millis) implements Fault {}

    /// Messages from one machine to another take longer.
    record SlowLink(int from, int to, long extraMicros, long millis) implements Fault {}

    /// The clock jumps, forwards or backwards, and stays there for a while.
    record ClockJump(int machine, long byMillis, long millis) implements Fault {}

    /// The clock is wrong by far more than clocks may be, until a person sets it right.
    record ClockFarOff(int machine, long byMillis, long millis) implements Fault {}

    /// Each write takes longer.
    record SlowDisk(int machine, long extraMicros, long millis) implements Fault {}

    /// The disk is full, and has room again after a while.
    ///
    /// @param breaks whether it fails by that, so that its node must start again
    record FullDisk(int machine, long millis, boolean breaks) implements Fault {}

    /// The disk cannot be read, and recovers after a while.
    record UnreadableDisk(int machine, long millis) implements Fault {}

    /// The machine burns down and comes back empty after a while.
    record LostDisk(int machine, long millis) implements Fault {}

    /// A person empties the disk, because an old copy of it had taken its place, and starts the machine at once.
    record EmptiedDisk(int machine) implements Fault {}

    /// An old copy of the disk takes its place, and nobody says so.
    record OldCopy(int machine) implements Fault {}

    /// A participant removes another, alive or not.
    record Remove(int proposer, int removed) implements Fault {}

    /// Two participants set out at the same time to remove each other.
    record RemoveEachOther(int one, int other) implements Fault {}

    /// A participant invites one more machine.
    record Join(int machine) implements Fault {}

    /// A participant ends an epoch for nothing.
    record NothingChanges(int machine) implements Fault {}

    /// The next machine that sees a decision made is cut off from all others before it can tell them.
    record IsolateAtDecision(long millis) implements Fault {}

    /// A shard has no majority any more, and an operator forces a change.
    ///
    /// @param spared how many of its participants stay beside the first one, modulo how many may stay
    public record MajorityLost(int spared, How how, long millis) implements Fault {
        /// What becomes of the others.
        public enum How {
            /// They burn down.
            BURNED,
            /// They stop for a while.
            STOPPED,
            /// They keep each other, and lose sight only of those that are spared.
            CUT_OFF,
            /// Every machine is alone for a while: an operator may force several of them.
            ALL_CUT_OFF
        }
    }

    /// The next time that a version becomes active, every machine is alone before another hears of it: an operator may
    /// force several of them.
    record AllAloneAtRaise(long millis) implements Fault {}

    /// A whole node leaves on command, hands over its shards, and comes back as another node.
    record Leave(int machine) implements Fault {}

    /// The machine tells the cluster that another one, which comes back as another node, is out for good.
    record Eject(int machine, int ejected) implements Fault {}

    /// What a machine has of a shard cannot be read any more, except what it had accepted and which place it
    /// has. The process starts again, and finds that.
    record DamagedCopy(int machine, int shard) implements Fault {}

    /// The process ends, and the next release of the service starts in its place after a while.
    record Upgrade(int machine, long millis) implements Fault {}

    /// The process ends, and the release before starts in its place after a while.
    record Downgrade(int machine, long millis) implements Fault {}

    /// A participant proposes the versions of its release, whether or not the others run them.
    record RaiseVersions(int machine) implements Fault {}

    /// A second process starts on a copy of a running node's disk, and stops after a while.
    record Twin(int machine, long millis) implements Fault {}
}
