package io.legion.operations;

import io.legion.core.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a node says of itself, at one moment.
///
/// @param release the release of Legion that it runs
/// @param java the version of its JVM
/// @param started when this Legion was opened, by its own clock
/// @param uptime how long ago that was, by a time that goes on evenly however the clock is set
/// @param clockOffset how far its wall clock is ahead of the middle one of all that it has heard of, its own
///     among them, and below zero if it is behind; of two, the earlier one counts as right. Empty as long as it
///     has heard of no other: nodes show their clocks while shards that they share take events. Shards that
///     have heard others within the last seconds count alone, if there are any
/// @param silence why shards here accept no requests for a while, as of the first such shard, and rather of one
///     that its clock silences; empty if there is none
/// @param serving how many shards it serves first: requests go to it as long as it can be reached
/// @param hosted how many shards run on it
/// @param outstanding how many events its shards have received and not yet folded
/// @param waiting how many requests wait in its mailbox
/// @param replicas how many participants a shard is to have (`placement.replicas`)
/// @param rebalancingPaused true from [Operations#pauseRebalancing] to [Operations#resumeRebalancing]
/// @param heapUsed the bytes of its heap that are in use
/// @param heapMax the bytes that its heap may have
/// @param lostRequests how many [Operations#lostRequests] there are
/// @param maySaveRequests whether requests may be left to submit again that it saved from copies that had stopped
/// @param types the partition types that it was opened with, by name
public record NodeReport(
        NodeId node,
        String release,
        String java,
        Instant started,
        Duration uptime,
        Optional<Duration> clockOffset,
        Optional<ShardReport.Silence> silence,
        int serving,
        int hosted,
        long outstanding,
        int waiting,
        int replicas,
        boolean rebalancingPaused,
        StoreReport store,
        long heapUsed,
        long heapMax,
        int lostRequests,
        boolean maySaveRequests,
        List<TypeReport> types,
        LoadReport load) {

    /// How its store is.
    ///
    /// @param why what happened, and what to do about it; empty while all is well. A store that is [State#OK] may
    ///     say here what it cannot read, though it goes on
    public record StoreReport(State state, String why) {
        /// What the store does.
        public enum State {
            /// It takes writes.
            OK,
            /// It has no room: shards take no requests until there is some.
            FULL,
            /// A write failed, so it takes none until the node starts again; shards that wanted to write have
            /// stopped.
            FAILED,
            /// As [#FAILED], because something that it holds is damaged: it will fail again.
            DAMAGED
        }
    }

    /// A partition type.
    ///
    /// @param hasIndex true if its states have tags
    public record TypeReport(String name, boolean hasIndex) {}
}
