package io.legion.simulation.scene;

import io.legion.simulation.scene.Fault.MajorityLost.How;

/// A fault as a seed draws it: the same three numbers for every kind. So a kind can change what it makes of them, and
/// no seed draws anything else than before.
///
/// @param number names it, so that a run can be repeated without it
/// @param atMillis when, since the run began
/// @param machine a machine
/// @param other a second machine, or a choice
/// @param amount how long in milliseconds, or how much
public record PlannedFault(int number, long atMillis, Kind kind, int machine, int other, long amount) {
    private static final long SLOWEST_DISK_MILLIS = 400;

    /// Far more than any bound of clocks (R7), and less than requests are remembered for (R52).
    private static final long FAR_OFF_MILLIS = 600_000;

    /// The faults by name. The order is that in which seeds draw them.
    public enum Kind {
        KILL,
        POWER,
        PAUSE,
        CUT_ONE_WAY,
        CUT,
        ISOLATE,
        SPLIT,
        LOSSY,
        SLOW_LINK,
        CLOCK,
        SLOW_DISK,
        FULL_DISK,
        UNREADABLE_DISK,
        LOSE_DISK,
        EMPTIED_DISK,
        OLD_COPY_UNTOLD,
        REMOVE,
        REMOVE_EACH_OTHER,
        JOIN,
        NOTHING_CHANGES,
        ISOLATE_AT_DECISION,
        MAJORITY_LOST_AND_FORCED,
        LEAVE,
        EJECT,
        TWIN,
        DAMAGED_COPY,
        CLOCK_FAR_OFF,
        UPGRADE,
        DOWNGRADE,
        RAISE_VERSIONS,
        ALL_ALONE_AT_RAISE
    }

    /// What happens: the one place that says what the drawn numbers mean.
    public Fault what() {
        return switch (kind) {
            case KILL -> new Fault.Kill(machine, amount);
            case POWER -> new Fault.PowerLoss(machine, amount);
            case PAUSE -> new Fault.Pause(machine, amount);
            case CUT_ONE_WAY -> new Fault.CutOneWay(machine, other, amount);
            case CUT -> new Fault.Cut(machine, other, amount);
            case ISOLATE -> new Fault.Isolate(machine, amount);
            case SPLIT -> new Fault.Split(machine, amount);
            case LOSSY -> new Fault.Lossy(amount);
            case SLOW_LINK -> new Fault.SlowLink(machine, other, amount * 300, amount * 3);
            case CLOCK -> new Fault.ClockJump(machine, isEven() ? amount : -amount, amount * 2);
            case SLOW_DISK -> new Fault.SlowDisk(machine, Math.min(amount, SLOWEST_DISK_MILLIS) * 1000, amount * 3);
            case FULL_DISK -> new Fault.FullDisk(machine, amount, amount % 2 != 0);
            case UNREADABLE_DISK -> new Fault.UnreadableDisk(machine, amount);
            case LOSE_DISK -> new Fault.LostDisk(machine, amount);
            case EMPTIED_DISK -> new Fault.EmptiedDisk(machine);
            case OLD_COPY_UNTOLD -> new Fault.OldCopy(machine);
            case REMOVE -> new Fault.Remove(machine, other);
            case REMOVE_EACH_OTHER -> new Fault.RemoveEachOther(machine, other);
            case JOIN -> new Fault.Join(machine);
            case NOTHING_CHANGES -> new Fault.NothingChanges(machine);
            case ISOLATE_AT_DECISION -> new Fault.IsolateAtDecision(amount);
            case MAJORITY_LOST_AND_FORCED -> new Fault.MajorityLost(machine, how(), amount);
            case LEAVE -> new Fault.Leave(machine);
            case EJECT -> new Fault.Eject(machine, other);
            case TWIN -> new Fault.Twin(machine, amount);
            case DAMAGED_COPY -> new Fault.DamagedCopy(machine, (int) amount);
            case UPGRADE -> new Fault.Upgrade(machine, amount);
            case DOWNGRADE -> new Fault.Downgrade(machine, amount);
            case RAISE_VERSIONS -> new Fault.RaiseVersions(machine);
            case ALL_ALONE_AT_RAISE -> new Fault.AllAloneAtRaise(amount);
            case CLOCK_FAR_OFF -> new Fault.ClockFarOff(machine, isEven() ? FAR_OFF_MILLIS : -FAR_OFF_MILLIS, amount);
        };
    }

    private How how() {
        return switch (other) {
            case 0 -> How.BURNED;
            case 1 -> How.STOPPED;
            default -> isEven() ? How.ALL_CUT_OFF : How.CUT_OFF;
        };
    }

    private boolean isEven() {
        return amount % 2 == 0;
    }

    /// True if a run with this many machines has all those that the fault names.
    boolean isWithin(int machines) {
        return Math.max(machine, other) < machines;
    }

    @Override
    public String toString() {
        return "fault " + number + ": " + kind + " machine " + machine + ", other " + other + ", amount " + amount;
    }
}
