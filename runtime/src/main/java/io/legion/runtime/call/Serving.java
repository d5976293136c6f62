package io.legion.runtime.call;

import io.legion.core.Bytes;
import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.PartitionType;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.Reply;
import io.legion.core.shard.Shards;
import io.legion.runtime.frame.Item;
import io.legion.runtime.frame.ShardView;
import io.legion.runtime.lane.NoAnswer;
import io.legion.runtime.lane.Waiter;
import io.legion.runtime.node.NodeState;
import io.legion.runtime.trace.Trace;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/// Serves the requests and reads that other nodes have brought here.
public final class Serving {
    /// How many calls of others may be under way.
    public static final int MOST = 100_000;

    /// The longest wait of another node's caller that this node believes.
    private static final long LONGEST_MILLIS = 3_600_000;

    // Written out, as every request passes here.
    private record Key(NodeId from, long number) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key that && number == that.number && from.equals(that.from);
        }

        @Override
        public int hashCode() {
            return from.hashCode() * 31 + Long.hashCode(number);
        }
    }

    private final NodeState state;
    /// In the order in which they came.
    private final LinkedHashMap<Key, Served> underWay = new LinkedHashMap<>();

    private long refused;

    public Serving(NodeState state) {
        this.state = state;
    }

    public void ask(NodeId from, Item.Ask ask) {
        Served served = begin(from, ask.number(), ask.shard(), ask.request().address(), ask.remainingMillis());
        if (served != null) {
            if (ask.trace() != null) {
                served.trace = Trace.begin(state.tracer, "legion.serve", ask.trace(), ask.shard());
            }
            state.lane.request(ask.shard(), ask.request(), served, state.nowMillis);
        }
    }

    public void ask(NodeId from, Item.AskRead ask) {
        Served served = begin(from, ask.number(), ask.shard(), ask.read().address(), ask.remainingMillis());
        if (served != null) {
            state.lane.read(ask.shard(), ask.read(), served, state.nowMillis);
        }
    }

    /// Null if there is nothing to do: the call is under way already, or cannot be served at all.
    private @Nullable Served begin(NodeId from, long number, int shard, PartitionAddress address, long remaining) {
        var key = new Key(from, number);
        var served = new Served(key, shard, address.type(), remaining);
        if (underWay.putIfAbsent(key, served) != null) {
            state.mail.add(from, new Item.Waiting(number));
            return null;
        }
        if (Shards.of(address, state.settings.shards()) != shard) {
            underWay.remove(key);
            served.refuse(Reply.Refusal.UNREADABLE, null, "the partition belongs to another shard than " + shard);
            return null;
        }
        if (underWay.size() > MOST) {
            underWay.remove(key);
            refused++;
            state.meters.refused();
            served.refuse(
                    Reply.Refusal.OVERLOADED, null, MOST + " calls of other nodes are under way; try again later");
            return null;
        }
        return served;
    }

    /// How many calls it refused because [#MOST] were under way.
    public long refused() {
        return refused;
    }

    /// No caller waits at that node any more; if the node comes back, it asks again.
    public void left(NodeId node) {
        underWay.keySet().removeIf(key -> key.from().equals(node));
    }

    private final class Served implements Waiter {
        private final Key key;
        private final int shard;
        private final int type;
        private final long untilMillis;

        /// Null if nothing traces it.
        private @Nullable Trace trace;

        Served(Key key, int shard, int type, long remainingMillis) {
            this.key = key;
            this.shard = shard;
            this.type = type;
            this.untilMillis = state.nowMillis + Math.clamp(remainingMillis, 1, LONGEST_MILLIS);
        }

        @Override
        public void replied(Reply reply) {
            if (!underWay.remove(key, this)) {
                return;
            }
            Trace.answered(trace);
            switch (reply) {
                case Reply.Answered answered -> tell(new Item.ReplyOutput(key.number(), answered));
                case Reply.State read -> tell(read);
                case Reply.Refused refused -> refuse(refused.reason(), refused.birth(), refused.explanation());
            }
        }

        @Override
        public void failed(NoAnswer none) {
            if (underWay.remove(key, this)) {
                Trace.failed(trace, none.explanation());
                refuse(none);
            }
        }

        @Override
        public @Nullable Trace trace() {
            return trace;
        }

        private void refuse(NoAnswer none) {
            String why = none.explanation();
            if (none.underWay()) {
                refuse(Reply.Refusal.INTERRUPTED, null, why);
                return;
            }
            switch (none.reason()) {
                case OVERLOADED, REPLICA_OVERLOADED -> refuse(Reply.Refusal.OVERLOADED, null, why);
                case NOT_AVAILABLE -> refuse(Reply.Refusal.NOT_A_PARTICIPANT, null, why);
                // The caller has its own clock for that.
                case TIMED_OUT -> {}
                case SHARD_STOPPED,
                        CLOSED,
                        CLOSED_MEANWHILE,
                        ALREADY_APPLIED,
                        TOO_OLD,
                        SESSION_NOT_REACHED,
                        SESSION_LOST,
                        UNREADABLE,
                        NOT_ACTIVE,
                        ID_REUSED -> refuse(Reply.Refusal.NOT_NOW, null, why);
            }
        }

        private void refuse(Reply.Refusal reason, @Nullable EventId birth, String explanation) {
            ShardView view = state.directory.find(shard);
            tell(new Item.ReplyRefusal(key.number(), reason, birth, explanation, view));
        }

        private void tell(Item item) {
            state.mail.add(key.from(), item);
        }

        /// A state that cannot be written is refused at once, else the caller's node would ask again and again.
        private void tell(Reply.State read) {
            PartitionType<?> known = state.types.require(type);
            Bytes encoded;
            try {
                encoded = encode(known, read.state());
            } catch (Throwable unwritable) {
                String why = "the state of a partition of type '" + known.name() + "' cannot be written: "
                        + unwritable.getMessage();
                refuse(Reply.Refusal.UNREADABLE, null, why);
                return;
            }
            tell(new Item.ReplyState(key.number(), type, encoded, read.seen()));
        }

        @Override
        public long deadlineMillis() {
            return untilMillis;
        }
    }

    @SuppressWarnings("unchecked")
    private static <S> Bytes encode(PartitionType<S> type, Object read) {
        return Bytes.wrap(type.stateCodec().encode((S) read));
    }
}
