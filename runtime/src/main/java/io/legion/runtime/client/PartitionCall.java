package io.legion.runtime.client;

import io.legion.core.shard.Reply;
import io.legion.runtime.host.Input;
import io.legion.runtime.host.Node;
import io.legion.runtime.lane.NoAnswer;
import io.legion.runtime.lane.Waiter;
import io.legion.runtime.trace.Trace;
import org.jspecify.annotations.Nullable;

/// A request or a read on its way: an input of the node, and the waiter for its reply.
///
/// @param question asks the node
/// @param kind the class of the replies that answer the question
/// @param to where the answer goes
/// @param trace what traces it; null if nothing does
record PartitionCall<R extends Reply>(
        Question question,
        Class<R> kind,
        ReplyTo<R> to,
        long deadlineMillis,
        @Nullable Trace trace) implements Input, Waiter {
    /// What a call asks of the node.
    interface Question {
        void ask(Node node, Waiter waiter, long nowMillis);
    }

    @Override
    public void enter(Node node, long nowMillis) {
        question.ask(node, this, nowMillis);
    }

    @Override
    public void replied(Reply reply) {
        if (reply instanceof Reply.Refused refused) {
            failed(Answers.refusal(refused));
        } else {
            to.fill(kind.cast(reply));
        }
    }

    @Override
    public void failed(NoAnswer none) {
        to.fail(none);
    }

    @Override
    public void turnedAway(String who) {
        to.turnedAway(who);
    }
}
