package io.legion.simulation;

import io.legion.core.Applied;
import io.legion.core.Bytes;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.core.RequestId;
import io.legion.core.shard.PartitionAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The history of a shard applied again, one event after the other, by the simplest means there are.
final class Retelling {
    /// What one event came to.
    ///
    /// @param index its place among the events of its partition, from 1
    /// @param output null if it failed
    record Told(
            Chronicle.Folded folded,
            int index,
            @org.jspecify.annotations.Nullable Bytes output) {}

    private final Map<RequestId, Told> byRequest = new HashMap<>();
    private final Map<PartitionAddress, List<Bytes>> states = new TreeMap<>();

    /// @param wishes what each request asked for
    static Retelling of(Iterable<Chronicle.Folded> history, Map<RequestId, Workload.Wish> wishes) {
        var retelling = new Retelling();
        var current = new HashMap<PartitionAddress, Object>();
        for (Chronicle.Folded folded : history) {
            Workload.Wish wish = wishes.get(folded.request());
            if (wish != null) {
                retelling.tell(folded, wish, wish.type(), current);
            }
        }
        return retelling;
    }

    @SuppressWarnings("unchecked")
    private <S> void tell(
            Chronicle.Folded folded, Workload.Wish wish, PartitionType<S> type, Map<PartitionAddress, Object> current) {
        S before = (S) current.getOrDefault(wish.address(), type.initial());
        var event = (Event<S, Object>) wish.event();
        Bytes output = null;
        S after = before;
        try {
            Applied<S, Object> applied = event.apply(before, new EventContext(folded.event(), wish.key()));
            output = Bytes.wrap(type.eventCodecs().outputs(event).encode(applied.output()));
            after = applied.state();
        } catch (RuntimeException _) {
            // The event fails, and changes nothing.
        }
        current.put(wish.address(), after);
        List<Bytes> ofPartition = states.computeIfAbsent(wish.address(), _ -> begun(type));
        ofPartition.add(Bytes.wrap(type.stateCodec().encode(after)));
        byRequest.put(folded.request(), new Told(folded, ofPartition.size() - 1, output));
    }

    private static <S> List<Bytes> begun(PartitionType<S> type) {
        var states = new ArrayList<Bytes>();
        states.add(Bytes.wrap(type.stateCodec().encode(type.initial())));
        return states;
    }

    /// What came of a request, or null if it is not in history.
    @org.jspecify.annotations.Nullable
    Told of(RequestId request) {
        return byRequest.get(request);
    }

    /// The states that a partition went through, encoded, the initial one first; empty if nothing happened to it.
    List<Bytes> states(PartitionAddress address) {
        return states.getOrDefault(address, List.of());
    }

    /// The partitions to which something happened.
    Iterable<PartitionAddress> partitions() {
        return states.keySet();
    }
}
