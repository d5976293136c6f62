package io.legion.core.shard;

import io.legion.core.PartitionType;
import io.legion.core.RequestId;
import io.legion.core.primitive.HybridTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A use of a request id: the event for which a caller gave it (R74).
///
/// @param time the event's time
/// @param address the event's partition; null if that is forgotten
record IdUse(long time, @Nullable PartitionAddress address) {
    static IdUse of(LogEntry entry) {
        return new IdUse(entry.id().time(), entry.address());
    }

    /// The message to a caller that used the id for another event too.
    ///
    /// @param first the use that counts, as far as it is known
    /// @param second the caller's
    static String reused(PartitionTypes types, RequestId id, @Nullable IdUse first, PartitionAddress second) {
        return "the request id " + id + " stands for another event already"
                + (first == null ? "" : ": " + first.text(types)) + ". This event, of " + text(types, second)
                + ", was not applied and changes nothing. Give each event an id of its own, and keep an id for"
                + " retries of the very same event.";
    }

    private String text(PartitionTypes types) {
        return "one of " + Instant.ofEpochMilli(HybridTime.millis(time))
                + (address == null ? ", whose partition is no longer remembered" : ", of " + text(types, address));
    }

    private static String text(PartitionTypes types, PartitionAddress address) {
        PartitionType<?> type = types.find(address.type());
        String name = type == null ? Integer.toHexString(address.type()) : type.name();
        return "the partition " + address.key() + " of type '" + name + "'";
    }
}
