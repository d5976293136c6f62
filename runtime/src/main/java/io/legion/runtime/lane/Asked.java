package io.legion.runtime.lane;

import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.EventId;
import io.legion.core.RequestId;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.Request;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a caller asks of a partition.
///
/// @param id the request's name through all retries
/// @param birth the id under which the request was first accepted, if a refusal or a resubmission told it
/// @param address the partition
/// @param payload the event's bytes
/// @param event the same event as an object, if it is at hand; nothing else may be able to change it, since its
///     contents get into a state
/// @param consistency when to answer
public record Asked(
        RequestId id,
        @Nullable EventId birth,
        PartitionAddress address,
        Bytes payload,
        @Nullable Event<?, ?> event,
        Consistency consistency) {

    /// The same request once more.
    public Asked again(@Nullable EventId knownBirth, Consistency at) {
        return Objects.equals(birth, knownBirth) && at == consistency
                ? this
                : new Asked(id, knownBirth, address, payload, event, at);
    }

    Request under(long ticket) {
        return new Request(ticket, id, birth, address, payload, event, consistency);
    }
}
