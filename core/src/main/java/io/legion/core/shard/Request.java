package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.EventId;
import io.legion.core.PartitionType;
import io.legion.core.RequestId;
import io.legion.core.primitive.Fingerprint;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a caller asks of a partition: to apply an event. The same from the caller to the replica, on whatever
/// node that is; also what a replica gives out for salvage, to be submitted again (R50).
///
/// @param id the request's name through all retries
/// @param birth the id under which the request was first accepted anywhere, as a refusal or a replica told it;
///     null if it never was
/// @param address the partition
/// @param payload the event's bytes
/// @param event the same event as an object, if it is at hand; saves reading the bytes. Nothing else may be able
///     to change it, since its contents get into a state
/// @param consistency when to answer
/// @param seen what the caller's session has seen of the shard; null outside a session
/// @param version the first version of the type that knows all of the event (R84)
public record Request(
        RequestId id,
        @Nullable EventId birth,
        PartitionAddress address,
        Bytes payload,
        @Nullable Event<?, ?> event,
        Consistency consistency,
        @Nullable Seen seen,
        int version) {

    /// Outside a session, of an event that all versions know.
    public Request(
            RequestId id,
            @Nullable EventId birth,
            PartitionAddress address,
            Bytes payload,
            @Nullable Event<?, ?> event,
            Consistency consistency) {
        this(id, birth, address, payload, event, consistency, null, PartitionType.FIRST_VERSION);
    }

    /// R74: the fingerprint of this use of the id, that of the entry which the request becomes.
    long fingerprint() {
        Bytes key = address.key().bytes();
        long ofKey = Fingerprint.of(address.type(), key.shared(), 0, key.size());
        return Fingerprint.of(ofKey, payload.shared(), 0, payload.size());
    }

    /// The same request once more.
    public Request again(@Nullable EventId knownBirth, Consistency at) {
        return Objects.equals(birth, knownBirth) && at == consistency
                ? this
                : new Request(id, knownBirth, address, payload, event, at, seen, version);
    }
}
