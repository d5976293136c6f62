package io.legion.runtime.call;

import io.legion.core.shard.PartitionTypes;
import io.legion.core.shard.Reply;
import io.legion.runtime.frame.Item;
import io.legion.runtime.lane.NoAnswer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The requests and reads of this node's callers that are under way. Each leaves once: with an answer, or with
/// why there is none.
public final class Calls {
    /// How many may be under way.
    private static final int MOST = 100_000;

    private final PartitionTypes types;

    /// By number, which is the order in which they came.
    private final CallTable underWay = new CallTable();

    /// Why it takes nothing any more; null while it does.
    private @Nullable String stopped;

    public Calls(PartitionTypes types) {
        this.types = types;
    }

    /// Takes a call in; if it cannot, it tells the waiter and returns false. It always takes a call that a
    /// replica got already: it could not tell the waiter that nothing was changed.
    public boolean take(Call call) {
        if (call.isUnderWay()) {
            underWay.add(call);
            return true;
        }
        if (stopped != null) {
            call.waiter.failed(new NoAnswer(
                    NoAnswer.Reason.CLOSED, "This node serves nothing, and nothing was changed: " + stopped));
            return false;
        }
        if (underWay.size() >= MOST) {
            call.waiter.failed(new NoAnswer(
                    NoAnswer.Reason.OVERLOADED,
                    MOST + " requests and reads of this node are under way. Nothing was changed; try again after a"
                            + " while."));
            return false;
        }
        underWay.add(call);
        return true;
    }

    public int size() {
        return underWay.size();
    }

    /// The calls under way now, in the order in which they came.
    List<Call> all() {
        return underWay.all();
    }

    /// The call with this number; null if it is not under way any more.
    @Nullable
    public Call find(long number) {
        return underWay.find(number);
    }

    /// Ends a call with a reply, unless it has ended.
    public void replied(long number, Reply reply) {
        Call call = underWay.remove(number);
        if (call != null) {
            call.isBack();
            call.waiter.replied(reply);
        }
    }

    /// Another node told the state that was read.
    public void told(Item.ReplyState told) {
        Call call = underWay.remove(told.number());
        if (call == null) {
            return;
        }
        call.isBack();
        Object read;
        try {
            read = decoded(told);
        } catch (Throwable unreadable) {
            // Errors of a user's codec too: nothing else would tell the waiter.
            call.waiter.failed(new NoAnswer(
                    NoAnswer.Reason.UNREADABLE,
                    "The state of " + typeName(told.type()) + " that another node told cannot be read here: "
                            + unreadable.getMessage() + ". Nothing was changed; the nodes run programs that differ."));
            return;
        }
        call.waiter.replied(new Reply.State(read, told.seen()));
    }

    private Object decoded(Item.ReplyState told) {
        var codec = types.require(told.type()).stateCodec();
        return Objects.requireNonNull(codec.decode(told.state().shared()), "the codec gave null");
    }

    private String typeName(int number) {
        var type = types.find(number);
        return type == null ? "a partition" : "a partition of type '" + type.name() + "'";
    }

    /// Ends a call that gets no answer.
    public void failed(Call call, NoAnswer none) {
        underWay.remove(call.number);
        call.isBack();
        call.waiter.failed(none);
    }

    /// From now on it takes nothing.
    public void stop(String why) {
        stopped = why;
        turnAway("this node stopped before there was an answer: " + why);
    }

    /// This node closes: whoever comes late hears that nothing was changed.
    public void close() {
        stopped = "it is closed";
        turnAway("this node closed before there was an answer");
    }

    private void turnAway(String why) {
        for (Call call : all()) {
            failed(call, new NoAnswer(NoAnswer.Reason.CLOSED_MEANWHILE, why));
        }
    }
}
