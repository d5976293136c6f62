package io.legion.simulation.history;

import io.legion.core.Applied;
import io.legion.core.Bytes;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.core.shard.PartitionAddress;
import io.legion.simulation.workload.Workload;
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

    private final EraHistory line;

    /// By position in history.
    private final @Nullable Told[] told;

    private final Map<PartitionAddress, Partition<?>> partitions = new HashMap<>();

    private Replay(EraHistory line) {
        this.line = line;
        this.told = new @Nullable Told[line.end()];
    }

    /// Applies a history to the initial states.
    ///
    /// @param inquiries what callers asked of the shard
    public static Replay of(EraHistory line, List<Inquiry> inquiries) {
        var replay = new Replay(line);
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
                .tell(folded, wish);
    }

    /// A partition on its way through history.
    private static final class Partition<S> {
        private final PartitionType<S> type;
        private final List<Bytes> states = new ArrayList<>();
        private S state;

        Partition(PartitionType<S> type) {
            this.type = type;
            this.state = type.initial();
            reached();
        }

        private void reached() {
            states.add(Bytes.wrap(type.stateCodec().encode(state)));
        }

        Told tell(Chronicle.Folded folded, Workload.Wish wish) {
            @SuppressWarnings("unchecked")
            var event = (Event<S, Object>) wish.event();
            Bytes output = null;
            try {
                Applied<S, Object> applied = event.apply(state, new EventContext(folded.event(), wish.key()));
                output = Bytes.wrap(type.eventCodecs().outputs(event).encode(applied.output()));
                state = applied.state();
            } catch (RuntimeException _) {
                // The event fails, and changes nothing.
            }
            reached();
            return new Told(folded, states.size() - 1, output);
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

    /// The partitions that events reached, in their order.
    public Iterable<PartitionAddress> partitions() {
        return new TreeSet<>(partitions.keySet());
    }
}
