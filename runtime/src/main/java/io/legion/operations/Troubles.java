package io.legion.operations;

import io.legion.core.PartitionKey;
import java.time.Instant;
import java.util.List;

/// What went wrong at a node, or may go wrong, since it was opened: what nobody sees in the state of its shards.
///
/// @param events those whose `apply` threw, of the requests that came through this node
/// @param busiest the partitions to which most of the requests went that came through this node, the busiest first, by
///     a sample of every 64th
/// @param sampled how many requests were sampled
/// @param refusals the processes that this node's cluster service kept out lately
public record Troubles(
        List<FailingEvent> events, List<BusyPartition> busiest, long sampled, List<RefusedPeer> refusals) {
    /// An event that fails.
    ///
    /// @param type the name of its partition type
    /// @param event the class of the event
    /// @param count how often it failed
    /// @param message what `apply` threw last: its class and message
    /// @param lastAt when that was
    public record FailingEvent(String type, String event, long count, String message, Instant lastAt) {}

    /// A partition that is busy.
    ///
    /// @param type the name of its partition type
    /// @param sampled how many of the sampled requests went to it; may be too many by as much as the table is too small
    public record BusyPartition(String type, PartitionKey key, int shard, long sampled) {}

    /// A process that was kept out.
    ///
    /// @param certificate true if it is kept out for want of a certificate that this node trusts
    /// @param why for people: who, why, and what to do
    /// @param count how often it tried
    /// @param lastAt when it tried last
    public record RefusedPeer(boolean certificate, String why, long count, Instant lastAt) {}
}
