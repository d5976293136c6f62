package io.legion.runtime.client;

import io.legion.core.shard.Reply;
import io.legion.core.shard.Request;
import io.legion.runtime.host.Input;
import io.legion.runtime.host.Node;
import io.legion.runtime.lane.NoAnswer;
import io.legion.runtime.lane.Waiter;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One request on its way: an input of the node, the waiter for its reply, and where its caller finds the
/// reply.
final class RequestCall implements Input, Waiter {
    private final int shard;
    private final Request request;
    private final Completions completions;
    private final long deadlineMillis;

    /// A replica got it already, and said nothing.
    private final boolean again;

    /// Where the reply goes: to a waiting thread, or to a stage.
    private final @Nullable Slot slot;

    private final @Nullable CompletableFuture<Reply.Answered> stage;

    RequestCall(
            int shard,
            Request request,
            Completions completions,
            long deadlineMillis,
            @Nullable Slot slot,
            @Nullable CompletableFuture<Reply.Answered> stage,
            boolean again) {
        this.shard = shard;
        this.request = request;
        this.completions = completions;
        this.deadlineMillis = deadlineMillis;
        this.slot = slot;
        this.stage = stage;
        this.again = again;
    }

    @Override
    public void enter(Node node, long nowMillis) {
        if (again) {
            node.requestAgain(shard, request, this, nowMillis);
        } else {
            node.request(shard, request, this, nowMillis);
        }
    }

    @Override
    public long deadlineMillis() {
        return deadlineMillis;
    }

    @Override
    public void replied(Reply reply) {
        switch (reply) {
            case Reply.Answered answered -> complete(answered);
            case Reply.Refused refused -> failed(Answers.refusal(refused));
            case Reply.State other -> throw new IllegalStateException("a request was answered with " + other);
        }
    }

    private void complete(Reply.Answered reply) {
        if (slot != null) {
            slot.fill(reply);
        } else if (stage != null) {
            completions.complete(stage, () -> reply);
        }
    }

    @Override
    public void failed(NoAnswer none) {
        if (slot != null) {
            slot.fill(none);
        } else if (stage != null) {
            completions.fail(stage, Answers.exception(none, request.id()));
        }
    }
}
