package io.legion.operations;

import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.PartitionKey;
import io.legion.core.RequestId;
import io.legion.core.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A partition as the replica on one node has it: what FAST reads see there.
///
/// @param type the name of its partition type
/// @param shard the shard that it belongs to
/// @param exists false if its state is known to be the initial one: it takes no room
/// @param state its state as JSON; empty if it cannot be told
/// @param stateBytes how many bytes its state has, as its codec writes it; 0 if the codec cannot
/// @param stateShortened true if parts of `state` are left out, so that it stays below [#LONGEST_JSON]
/// @param problem why the state, or a part of what is said of it, cannot be told; empty if all is well
/// @param tags those by which a search finds it, in order
/// @param outstanding its events that have not folded, the oldest first, at most [#MOST_OUTSTANDING]
/// @param outstandingMore how many others there are, as far as the node has looked
/// @param outstandingCut true if the shard has so many outstanding events that the node looked at the oldest
///     10,000 only: of this partition there may be others, which the state may lack too
public record PartitionReport(
        String type,
        PartitionKey key,
        int shard,
        boolean exists,
        String state,
        int stateBytes,
        boolean stateShortened,
        String problem,
        List<Tag> tags,
        List<OutstandingEvent> outstanding,
        int outstandingMore,
        boolean outstandingCut) {

    /// The most outstanding events that a report lists.
    public static final int MOST_OUTSTANDING = 100;

    /// About how many characters a state has at most, as JSON.
    public static final int LONGEST_JSON = 1 << 20;

    /// An event that has not folded.
    ///
    /// @param at when its origin accepted it, by the time of its id
    /// @param origin the node that accepted it
    /// @param payload the event as JSON; empty if this node cannot read it
    public record OutstandingEvent(
            EventId event, RequestId request, Instant at, NodeId origin, Optional<String> payload) {}
}
