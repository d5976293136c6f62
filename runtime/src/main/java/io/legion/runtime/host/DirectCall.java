package io.legion.runtime.host;

import io.legion.core.shard.Reply;
import io.legion.core.shard.Request;
import io.legion.runtime.lane.NoAnswer;
import io.legion.runtime.lane.Waiter;
import io.legion.runtime.trace.Trace;
import org.jspecify.annotations.Nullable;

/// A request that its caller brings to the replica itself, if this node serves it and no other thread is at the
/// node: it needs no place in the mailbox, and no slot.
///
/// It ends with an answer, or not. Without one, the request then goes the usual way, under the same request id.
/// There the caller hears of a refusal, or of a shard that has stopped.
public final class DirectCall implements Input, Waiter {
    private final int shard;
    private final Request request;
    private final long deadlineMillis;
    private final @Nullable Trace trace;
    private Reply.@Nullable Answered answer;
    private boolean taken;
    private boolean turnedAway;

    public DirectCall(int shard, Request request, long deadlineMillis, @Nullable Trace trace) {
        this.trace = trace;
        this.shard = shard;
        this.request = request;
        this.deadlineMillis = deadlineMillis;
    }

    /// One that nothing traces.
    DirectCall(int shard, Request request, long deadlineMillis) {
        this(shard, request, deadlineMillis, null);
    }

    /// The answer; null if there is none.
    public Reply.@Nullable Answered answer() {
        return answer;
    }

    /// True if the replica took the event in and did not answer, as when a write fails: it may be applied or
    /// not.
    public boolean isUnknown() {
        return taken && answer == null;
    }

    @Override
    public void enter(Node node, long nowMillis) {
        boolean given = node.direct(shard, request, this, nowMillis);
        taken = given && !turnedAway;
    }

    @Override
    public void replied(Reply reply) {
        switch (reply) {
            case Reply.Answered answered -> answer = answered;
            case Reply.Refused _ -> taken = false;
            case Reply.State other -> throw new IllegalStateException("a request was answered with " + other);
        }
    }

    @Override
    public void failed(NoAnswer none) {
        turnedAway = true;
    }

    @Override
    public @Nullable Trace trace() {
        return trace;
    }

    @Override
    public long deadlineMillis() {
        return deadlineMillis;
    }
}
