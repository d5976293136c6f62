package io.legion.simulation;

import io.legion.core.Epoch;
import io.legion.core.shard.ReplicaStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The histories of the eras of a shard: one, as long as nobody forces a change (R43).
final class Lines {
    private final TreeMap<Long, Line> byEra = new TreeMap<>();

    /// In which era each machine was last seen.
    private final TreeMap<Integer, Long> seen = new TreeMap<>();

    /// Up to where each machine was last seen to have folded.
    private final TreeMap<Integer, Long> folded = new TreeMap<>();

    /// How each machine's replica stood when it was last seen, unless it has stored folds since.
    private final TreeMap<Integer, ReplicaStatus> last = new TreeMap<>();

    Lines() {
        byEra.put(0L, new Line());
    }

    /// The line that a machine's folds belong to. Who opens an era is the first to be seen in it, and takes along what
    /// it was seen to have folded before.
    ///
    /// @param status how the machine's replica stands; null if it does not run
    Line of(Machine machine, @Nullable ReplicaStatus status) {
        long before = seen.getOrDefault(machine.number, 0L);
        long era = status == null || status.phase() == ReplicaStatus.Phase.COPYING ? before : Epoch.era(status.epoch());
        seen.put(machine.number, era);
        return byEra.computeIfAbsent(era, _ -> line(before).upTo(folded.getOrDefault(machine.number, 0L)));
    }

    void looked(Machine machine, ReplicaStatus status) {
        of(machine, status);
        folded.put(machine.number, status.folded());
        last.put(machine.number, status);
    }

    /// A machine has stored all that it had folded.
    void stored(Machine machine) {
        last.remove(machine.number);
    }

    /// How a machine's replica stood before its store failed; empty if it has stored its folds all the same.
    Optional<ReplicaStatus> last(Machine machine) {
        return Optional.ofNullable(last.get(machine.number));
    }

    private Line line(long era) {
        return Objects.requireNonNull(byEra.get(era));
    }

    /// The history that goes on: the one of the era of this epoch.
    Line latest(long epoch) {
        return byEra.getOrDefault(Epoch.era(Math.max(0, epoch)), line(0));
    }

    boolean isForced() {
        return byEra.size() > 1;
    }

    /// The others: each up to some place the same as the one that goes on, and beyond it lost.
    List<Line> others(Line latest) {
        var others = new ArrayList<>(byEra.values());
        others.remove(latest);
        return others;
    }
}
