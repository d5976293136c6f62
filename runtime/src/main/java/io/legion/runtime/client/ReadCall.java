package io.legion.runtime.client;

import io.legion.core.shard.Read;
import io.legion.core.shard.Reply;
import io.legion.runtime.host.Input;
import io.legion.runtime.host.Node;
import io.legion.runtime.lane.NoAnswer;
import io.legion.runtime.lane.Waiter;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One read on its way: an input of the node, and the waiter for its reply.
final class ReadCall implements Input, Waiter {
    private final int shard;
    private final Read read;
    private final Completions completions;
    private final long deadlineMillis;
    private final @Nullable Slot slot;
    private final @Nullable CompletableFuture<Object> stage;

    ReadCall(
            int shard,
            Read read,
            Completions completions,
            long deadlineMillis,
            @Nullable Slot slot,
            @Nullable CompletableFuture<Object> stage) {
        this.shard = shard;
        this.read = read;
        this.completions = completions;
        this.deadlineMillis = deadlineMillis;
        this.slot = slot;
        this.stage = stage;
    }

    @Override
    public void enter(Node node, long nowMillis) {
        node.read(shard, read, this, nowMillis);
    }

    @Override
    public long deadlineMillis() {
        return deadlineMillis;
    }

    @Override
    public void replied(Reply reply) {
        switch (reply) {
            case Reply.Refused refused -> failed(Answers.refusal(refused));
            case Reply.State state -> {
                if (slot != null) {
                    slot.fill(state);
                } else if (stage != null) {
                    completions.complete(stage, state::state);
                }
            }
            case Reply.Answered other -> throw new IllegalStateException("a read was answered with " + other);
        }
    }

    @Override
    public void failed(NoAnswer none) {
        if (slot != null) {
            slot.fill(none);
        } else if (stage != null) {
            completions.fail(stage, Answers.exception(none, null));
        }
    }
}
