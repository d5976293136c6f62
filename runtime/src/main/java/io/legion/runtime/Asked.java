package io.legion.runtime;

import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.RequestId;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.Request;
import org.jspecify.annotations.Nullable;

/// What a caller asks of a partition.
///
/// @param id the request's name through all retries
/// @param address the partition
/// @param payload the event's bytes
/// @param event the same event as an object, if it is at hand
/// @param consistency when to answer
/// @param andFinal true to be told a second time, when the outcome is final
public record Asked(
        RequestId id,
        PartitionAddress address,
        Bytes payload,
        @Nullable Event<?, ?> event,
        Consistency consistency,
        boolean andFinal) {

    Request under(long ticket) {
        return new Request(ticket, id, address, payload, consistency, andFinal);
    }
}
