package io.legion.runtime.host;

import io.legion.runtime.lane.Asked;
import io.legion.runtime.lane.NoAnswer;
import io.legion.runtime.lane.Waiter;
import io.legion.core.shard.Reply;
import org.jspecify.annotations.Nullable;

/// A request that its caller brings to the replica itself, if it is served here and nobody else is at the node: no
/// place in the mailbox, nothing to wait at.
///
/// It ends with an answer, or not. What has no answer then goes the usual way, under the same request id: whatever is
/// to be said of it, a refusal or a shard that has stopped, is said there.
public final class DirectCall implements Input, Waiter {
    private final int shard;
    private final Asked asked;
    private final long deadlineMillis;
    private Reply.@Nullable Answered answer;
    private boolean taken;
    private boolean turnedAway;

    DirectCall(int shard, Asked asked, long deadlineMillis) {
        this.shard = shard;
        this.asked = asked;
        this.deadlineMillis = deadlineMillis;
    }

    /// Null if there is none.
    Reply.@Nullable Answered answer() {
        return answer;
    }

    /// The replica took the event in and said nothing of it, as when a write fails: it may be applied or not.
    boolean isUnknown() {
        return taken && answer == null;
    }

    @Override
    public void enter(Node node, long nowMillis) {
        boolean given = node.direct(shard, asked, this, nowMillis);
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
    public long deadlineMillis() {
        return deadlineMillis;
    }
}
