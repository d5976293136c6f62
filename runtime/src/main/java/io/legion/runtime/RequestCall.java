package io.legion.runtime;

import io.legion.core.Answer;
import io.legion.core.Codec;
import io.legion.core.Outcome;
import io.legion.core.shard.Reply;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One request on its way: an input of the node, the waiter for its replies, and where its caller finds the
/// answer.
final class RequestCall<O> implements Input, Waiter {
    private final Asked asked;
    private final Codec<O> outputs;
    private final Completions completions;
    private volatile long deadlineMillis;

    /// Where the first answer goes: a thread that waits, or a stage.
    private final @Nullable Slot slot;

    private final @Nullable CompletableFuture<Answer<O>> stage;

    /// The second answer; made when the first one comes and is not the last.
    private volatile @Nullable CompletableFuture<Outcome<O>> whenFinal;

    private boolean answered;

    RequestCall(
            Asked asked,
            Codec<O> outputs,
            Completions completions,
            long deadlineMillis,
            @Nullable Slot slot,
            @Nullable CompletableFuture<Answer<O>> stage) {
        this.asked = asked;
        this.outputs = outputs;
        this.completions = completions;
        this.deadlineMillis = deadlineMillis;
        this.slot = slot;
        this.stage = stage;
    }

    @Override
    public void enter(Node node, long nowMillis) {
        node.request(asked, this, nowMillis);
    }

    @Override
    public long deadlineMillis() {
        return deadlineMillis;
    }

    @Override
    public void replied(Reply reply) {
        switch (reply) {
            case Reply.Answered done when answered -> completeFinal(done);
            case Reply.Answered first -> completeFirst(first);
            case Reply.Refused refused -> fail(Answers.refusal(refused, asked.id()));
            case Reply.State other -> throw new IllegalStateException("a request was answered with " + other);
        }
    }

    private void completeFirst(Reply.Answered reply) {
        answered = true;
        deadlineMillis = Long.MAX_VALUE;
        if (!reply.last()) {
            whenFinal = new CompletableFuture<>();
        }
        if (slot != null) {
            slot.fill(reply);
        } else if (stage != null) {
            completions.complete(stage, () -> answer(reply));
        }
    }

    private void completeFinal(Reply.Answered reply) {
        var later = whenFinal;
        if (later != null) {
            completions.complete(later, () -> Answers.outcome(reply, outputs));
        }
    }

    @Override
    public void failed(RequestException failure) {
        fail(failure.about(asked.id()));
    }

    private void fail(RequestException failure) {
        var later = whenFinal;
        if (later != null) {
            completions.fail(later, failure);
        } else if (slot != null) {
            slot.fill(failure);
        } else if (stage != null) {
            completions.fail(stage, failure);
        }
    }

    /// The answer for the caller; decoded in the caller's thread.
    Answer<O> answer(Reply.Answered reply) {
        Outcome<O> outcome = Answers.outcome(reply, outputs);
        var later = whenFinal;
        return Answers.answer(reply, outcome, later == null ? CompletableFuture.completedFuture(outcome) : later);
    }
}
