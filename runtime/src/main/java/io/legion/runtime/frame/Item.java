package io.legion.runtime.frame;

import io.legion.core.Bytes;
import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.SearchTag;
import io.legion.core.placement.Members;
import io.legion.core.placement.StoppedCopies;
import io.legion.core.shard.Message;
import io.legion.core.shard.Read;
import io.legion.core.shard.Reply;
import io.legion.core.shard.Request;
import io.legion.core.shard.Seen;
import io.legion.service.TraceContext;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// One of the many items of a frame. Numbers tell the calls of one node apart.
public sealed interface Item {
    /// A message for the replica of the shard.
    record ForShard(int shard, Message message) implements Item {}

    /// A request that another node is to serve.
    ///
    /// @param remainingMillis how long the caller waits from now on; nodes do not compare clocks
    /// @param trace of a traced request, what the other node's part of it is a part of; else null
    record Ask(
            long number,
            int shard,
            long remainingMillis,
            Request request,
            @Nullable TraceContext trace) implements Item {
        Ask(long number, int shard, long remainingMillis, Request request) {
            this(number, shard, remainingMillis, request, null);
        }
    }

    /// A read that another node is to serve.
    record AskRead(long number, int shard, long remainingMillis, Read read) implements Item {}

    /// The request was answered.
    record ReplyOutput(long number, Reply.Answered reply) implements Item {}

    /// The state that was read, encoded, and what the caller's session sees with it; null outside a session.
    record ReplyState(
            long number, int type, Bytes state, @Nullable Seen seen) implements Item {}

    /// The request or read is not served; with what the sender knows of the shard's participants.
    record ReplyRefusal(
            long number,
            Reply.Refusal reason,
            @Nullable EventId birth,
            String explanation,
            @Nullable ShardView view) implements Item {}

    /// The call that was asked again is under way.
    record Waiting(long number) implements Item {}

    /// What the sender knows of the members.
    record KnownMembers(Members members) implements Item {}

    /// What the sender knows of some shards.
    record Views(List<ShardView> views) implements Item {}

    /// The shards that have stopped on the sender: these and no others (R76).
    ///
    /// @param number orders what one node says
    record StoppedShards(long number, SortedMap<Integer, StoppedCopies.Stopped> shards) implements Item {}

    /// The sender wishes the receiver to take part in the shard, and to copy it from these nodes.
    record Invite(int shard, List<NodeId> sources) implements Item {}

    /// Asks for a page of the index, of these shards.
    record AskPage(long number, int type, SearchTag from, int limit, List<Integer> shards) implements Item {}

    /// A page of the index; null if the sender does not take part in all these shards, or cannot read its
    /// index.
    record ReplyPage(long number, @Nullable Page page) implements Item {}

    /// An operator of the sender's asks something of the receiver; what, only those who ask and answer read.
    record Consult(long number, Bytes question) implements Item {}

    /// What the sender was asked.
    record Consulted(long number, Bytes answer) implements Item {}
}
