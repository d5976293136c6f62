package io.legion.operations;

import io.legion.core.PartitionKey;
import java.time.Duration;
import java.util.List;

/// What goes wrong at a node, or may: what nobody sees in the state of its shards.
///
/// @param events those that have a fault, of the requests that came through this node since it was opened:
///     their `apply` threw what nobody throws to say no, such as a `NullPointerException`
/// @param busiest the partitions to which most of the requests of the last five to ten seconds went that came
///     through this node, the busiest first, by a sample of one of 64
/// @param sampled how many requests were sampled in that time
/// @param keptOut the processes that this node's cluster service kept out since it was opened
public record Troubles(List<FailingEvent> events, List<BusyPartition> busiest, long sampled, List<KeptOut> keptOut) {
    /// An event that has a fault.
    ///
    /// @param type the name of its partition type
    /// @param event the class of the event
    /// @param count how many requests failed by a fault of it; retries do not count
    /// @param message what `apply` threw last: its class and message
    /// @param ago how long ago that was
    public record FailingEvent(String type, String event, long count, String message, Duration ago) {}

    /// A partition that is busy.
    ///
    /// @param type the name of its partition type
    /// @param sampled how many of the sampled requests went to it
    public record BusyPartition(String type, PartitionKey key, int shard, long sampled) {}

    /// A process that was kept out.
    ///
    /// @param certificate true if the reason is its certificate, or that it shows none
    /// @param why for people: who, and why
    /// @param count how often it tried
    /// @param ago how long ago it tried last
    public record KeptOut(boolean certificate, String why, long count, Duration ago) {}
}
