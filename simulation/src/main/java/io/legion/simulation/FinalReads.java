package io.legion.simulation;

import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.PartitionType;
import io.legion.core.shard.PartitionAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// The part of [FinalLinearizable] that is about reads.
final class FinalReads {
    /// From this time on nobody may see the partition before this place.
    private record Known(long micros, int index) {}

    private final World world;
    private final List<Inquiry> asked;
    private final Retelling retelling;
    private final List<Retelling> overruled;
    private final TreeMap<PartitionAddress, List<Known>> known = new TreeMap<>();

    /// @param overruled the histories of eras that a forced change has overruled (R43): a read there saw one of their
    /// states
    FinalReads(World world, List<Inquiry> asked, Retelling retelling, List<Retelling> overruled) {
        this.overruled = overruled;
        this.world = world;
        this.asked = asked;
        this.retelling = retelling;
    }

    void check() {
        for (Inquiry inquiry : asked) {
            Retelling.Told told = retelling.of(inquiry.id);
            for (Inquiry.Answered answer : inquiry.answers) {
                if (told != null
                        && answer.standing() == Consistency.FINAL
                        && FinalLinearizable.goesOn(world, inquiry, answer, told.folded())) {
                    know(inquiry.address, answer.micros(), told.index());
                }
            }
        }
        asked.stream()
                .filter(i -> i.seen != null && i.consistency == Consistency.FINAL)
                .sorted(Comparator.comparingLong(i -> seen(i).micros()))
                .forEach(this::check);
    }

    private static Inquiry.Seen seen(Inquiry inquiry) {
        return java.util.Objects.requireNonNull(inquiry.seen);
    }

    /// Then it may have been read there, and says nothing of the history that goes on.
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

    private void know(PartitionAddress address, long micros, int index) {
        known.computeIfAbsent(address, _ -> new ArrayList<>()).add(new Known(micros, index));
    }

    private void check(Inquiry read) {
        int low = 0;
        for (Known before : known.getOrDefault(read.address, List.of())) {
            low = before.micros < read.begunMicros ? Math.max(low, before.index) : low;
        }
        Bytes saw = FinalLinearizable.encoded(
                world.types.require(read.address.type()), seen(read).state());
        List<Bytes> states = retelling.states(read.address);
        for (int index = low; index < states.size(); index++) {
            if (states.get(index).equals(saw)) {
                if (!isSeenElsewhere(read, saw)) {
                    know(read.address, seen(read).micros(), index);
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
