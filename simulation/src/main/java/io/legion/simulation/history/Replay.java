package io.legion.simulation.history;

import io.legion.core.Bytes;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.core.shard.PartitionAddress;
import io.legion.simulation.purity.Tried;
import io.legion.simulation.workload.Workload;
import io.legion.simulation.world.Boundaries;
import io.legion.simulation.world.Inquiry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The history of a shard applied again, one event after the other, by the simplest means.
public final class Replay {
    /// The outcome of one event.
    ///
    /// @param index its place among the events of its partition, from 1
    /// @param output null if it failed
    public record Told(
            Chronicle.Folded folded, int index, @Nullable Bytes output) {}

    /// An event on the way of its partition.
    ///
    /// @param before the state before it, encoded
    /// @param failure what it ended in, or null
    public record Step(
            Event<?, ?> event, Bytes before, @Nullable Throwable failure) {}

    private final EraHistory line;
    private final Boundaries boundaries;

    /// By position in history.
    private final @Nullable Told[] told;

    private final Map<PartitionAddress, Partition<?>> partitions = new HashMap<>();

    private Replay(EraHistory line, Boundaries boundaries) {
        this.line = line;
        this.boundaries = boundaries;
        this.told = new @Nullable Told[line.end()];
    }

    /// Applies a history to the initial states.
    ///
    /// @param inquiries what callers asked of the shard
    /// @param boundaries of the versions in the era of the history
    public static Replay of(EraHistory line, List<Inquiry> inquiries, Boundaries boundaries) {
        var replay = new Replay(line, boundaries);
        var asked = new @Nullable Inquiry[line.end()];
        for (Inquiry inquiry : inquiries) {
            Chronicle.Folded folded = line.of(inquiry);
            if (folded != null) {
                asked[(int) folded.position()] = inquiry;
            }
        }
        for (int position = 0; position < asked.length; position++) {
            Inquiry inquiry = asked[position];
            if (inquiry != null && inquiry.wish != null) {
                replay.told[position] = replay.tell(line.at(position), inquiry.address, inquiry.wish);
            }
        }
        return replay;
    }

    private Told tell(Chronicle.Folded folded, PartitionAddress address, Workload.Wish wish) {
        return partitions
                .computeIfAbsent(address, _ -> new Partition<>(wish.type()))
                .tell(
                        folded,
                        wish,
                        boundaries.version(
                                address.type(),
                                folded.event().time(),
                                wish.type().version()));
    }

    /// A partition on its way through history.
    private static final class Partition<S> {
        private final PartitionType<S> type;
        private final List<Bytes> states = new ArrayList<>();
        private final List<Step> steps = new ArrayList<>();

        Partition(PartitionType<S> type) {
            this.type = type;
            states.add(Bytes.wrap(type.stateCodec().encode(type.initial())));
        }

        /// An event that fails changes nothing.
        Told tell(Chronicle.Folded folded, Workload.Wish wish, int version) {
            @SuppressWarnings("unchecked")
            var event = (Event<S, ?>) wish.event();
            Bytes before = states.getLast();
            S state = type.stateCodec().decode(before.shared());
            var context = new EventContext(folded.event(), wish.key(), version);
            Tried tried = Tried.of(type.stateCodec(), type.eventCodecs(), event, state, context);
            Bytes after = tried.outcome().state();
            states.add(after == null ? before : inNewest(after));
            steps.add(new Step(event, before, tried.failure()));
            return new Told(folded, steps.size(), tried.outcome().output());
        }

        private Bytes inNewest(Bytes state) {
            return Bytes.wrap(type.stateCodec().encode(type.stateCodec().decode(state.shared())));
        }
    }

    /// The history applied.
    public EraHistory line() {
        return line;
    }

    /// The outcome of an inquiry, or null if it is not in history.
    public @Nullable Told of(Inquiry inquiry) {
        Chronicle.Folded folded = line.of(inquiry);
        return folded == null ? null : told[(int) folded.position()];
    }

    /// The states that a partition went through, encoded, the initial one first; empty if no event reached it.
    public List<Bytes> states(PartitionAddress address) {
        Partition<?> partition = partitions.get(address);
        return partition == null ? List.of() : partition.states;
    }

    /// The events of a partition, in their order.
    public List<Step> steps(PartitionAddress address) {
        Partition<?> partition = partitions.get(address);
        return partition == null ? List.of() : partition.steps;
    }

    /// The partitions that events reached, in their order.
    public Iterable<PartitionAddress> partitions() {
        return new TreeSet<>(partitions.keySet());
    }
}
