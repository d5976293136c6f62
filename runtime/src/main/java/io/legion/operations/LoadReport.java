package io.legion.operations;

import io.legion.core.Consistency;
import java.util.List;
import java.util.SortedMap;

/// What the callers of a node have asked of it since it was opened.
///
/// @param latency how long requests took that were answered, for each consistency: how many took at most so long,
///     from the shortest time up. The last bucket counts all. Only times are listed at which the count grows
/// @param reads how many reads were answered
/// @param refused how many requests, reads and searches were refused because there was too much to do already,
///     here or at the node that was to serve them ([io.legion.RequestException.Overloaded])
/// @param refusedHere how many this node refused because it had no room for them itself: its mailbox was full,
///     or as many calls were under way as it takes, of its own callers or of other nodes. A shard that takes no
///     more events (the setting `maxOutstanding`) is none of these: it waits for a participant
/// @param timedOut how many had no answer in time
public record LoadReport(
        SortedMap<Consistency, List<Bucket>> latency, long reads, long refused, long refusedHere, long timedOut) {
    /// How many requests took at most this long.
    ///
    /// @param upperMicros the time, in microseconds
    public record Bucket(long upperMicros, long count) {}

    /// How many requests of this consistency were answered.
    public long requests(Consistency consistency) {
        var buckets = latency.getOrDefault(consistency, List.of());
        return buckets.isEmpty() ? 0 : buckets.getLast().count();
    }
}
