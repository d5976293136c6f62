package io.legion.simulation.checkers;

import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.PartitionType;
import io.legion.core.shard.PartitionAddress;
import io.legion.simulation.history.Replay;
import io.legion.simulation.world.Inquiry;
import io.legion.simulation.world.World;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The reads of [FinalLinearizable].
final class FinalReads {
    private final World world;
    private final Replay replay;
    private final List<Replay> overruled;

    /// Per partition: from which time on no read may see it before which place.
    private final Map<PartitionAddress, Staircase> known = new HashMap<>();

    /// @param overruled the histories of overruled eras (R43): a read there saw one of their states
    FinalReads(World world, Replay replay, List<Replay> overruled) {
        this.world = world;
        this.replay = replay;
        this.overruled = overruled;
    }

    /// @param done what was answered FINAL for the history that goes on
    void check(List<Inquiry> asked, List<FinalLinearizable.Done> done) {
        for (FinalLinearizable.Done one : done) {
            known(one.inquiry().address).add(one.micros(), one.told().index());
        }
        asked.stream()
                .filter(i -> i.seen() != null && i.consistency == Consistency.FINAL)
                .sorted(Comparator.comparingLong(i -> seen(i).micros()))
                .forEach(this::check);
    }

    private static Inquiry.Seen seen(Inquiry inquiry) {
        return Objects.requireNonNull(inquiry.seen());
    }

    private Staircase known(PartitionAddress address) {
        return known.computeIfAbsent(address, _ -> new Staircase());
    }

    /// True if the read may have seen an overruled era, and so says nothing here.
    private boolean isSeenElsewhere(Inquiry read, Bytes saw) {
        return overruled.stream()
                .anyMatch(other -> other.states(read.address).isEmpty()
                        ? isInitial(read, saw)
                        : other.states(read.address).contains(saw));
    }

    private boolean isInitial(Inquiry read, Bytes saw) {
        PartitionType<?> type = world.types.require(read.address.type());
        return saw.equals(FinalLinearizable.encoded(type, type.initial()));
    }

    private void check(Inquiry read) {
        int low = known(read.address).before(read.begunMicros);
        Bytes saw = FinalLinearizable.encoded(
                world.types.require(read.address.type()), seen(read).state());
        List<Bytes> states = replay.states(read.address);
        for (int index = low; index < states.size(); index++) {
            if (states.get(index).equals(saw)) {
                if (!isSeenElsewhere(read, saw)) {
                    known(read.address).add(seen(read).micros(), index);
                }
                return;
            }
        }
        if (!states.isEmpty() && !isSeenElsewhere(read, saw)) {
            world.broken(
                    "FinalLinearizable",
                    read + " of " + read.address + " saw " + seen(read) + ", which is no state from place " + low
                            + " of " + (states.size() - 1) + " on");
        }
    }
}
