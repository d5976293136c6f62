package io.legion.simulation.history;

import io.legion.core.EventId;
import io.legion.core.RequestId;
import io.legion.core.primitive.Epoch;
import io.legion.core.shard.ReplicaStatus;
import io.legion.simulation.world.Machine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The histories of a shard's eras: one, as long as nobody forces a change (R43).
final class ShardHistory {
    private final TreeMap<Long, EraHistory> byEra = new TreeMap<>();

    /// The era in which each machine was last seen.
    private final TreeMap<Integer, Long> seen = new TreeMap<>();

    /// Up to which position each machine was last seen to have folded.
    private final TreeMap<Integer, Long> folded = new TreeMap<>();

    /// The last seen status of each machine's replica, unless the replica has stored folds since.
    private final TreeMap<Integer, ReplicaStatus> last = new TreeMap<>();

    /// The first event of each request that a machine has stored, folded or not.
    private final HashMap<RequestId, EventId> events = new HashMap<>();

    private final HashSet<RequestId> doubled = new HashSet<>();

    ShardHistory() {
        byEra.put(0L, new EraHistory(0));
    }

    /// The line that a machine's folds belong to. The machine that opens an era is the first one seen in it,
    /// and takes along what it was seen to have folded before.
    ///
    /// @param status the status of the machine's replica; null if it does not run
    EraHistory of(Machine machine, @Nullable ReplicaStatus status) {
        long before = seen.getOrDefault(machine.number, 0L);
        long era = status == null || status.phase() == ReplicaStatus.Phase.COPYING ? before : Epoch.era(status.epoch());
        seen.put(machine.number, era);
        return byEra.computeIfAbsent(era, _ -> line(before).upTo(folded.getOrDefault(machine.number, 0L), era));
    }

    void looked(Machine machine, ReplicaStatus status) {
        of(machine, status);
        folded.put(machine.number, status.folded());
        last.put(machine.number, status);
    }

    /// A machine has stored an event of its log.
    void entry(RequestId request, EventId event) {
        EventId before = events.putIfAbsent(request, event);
        if (before != null && !before.equals(event)) {
            doubled.add(request);
        }
    }

    /// True if a request became more than one event, since two participants were asked. At most one of them counts.
    boolean isDoubled(RequestId request) {
        return doubled.contains(request);
    }

    /// A machine has stored all its folds.
    void stored(Machine machine) {
        last.remove(machine.number);
    }

    /// The status of a machine's replica before its store failed; empty if it stored its folds all the same.
    Optional<ReplicaStatus> last(Machine machine) {
        return Optional.ofNullable(last.get(machine.number));
    }

    private EraHistory line(long era) {
        return Objects.requireNonNull(byEra.get(era));
    }

    /// The history that goes on: that of this epoch's era.
    EraHistory latest(long epoch) {
        return byEra.getOrDefault(Epoch.era(Math.max(0, epoch)), line(0));
    }

    boolean isForced() {
        return byEra.size() > 1;
    }

    /// The other histories: each the same as the one that goes on up to some place, and lost beyond it.
    List<EraHistory> others(EraHistory latest) {
        var others = new ArrayList<>(byEra.values());
        others.remove(latest);
        return others;
    }
}
