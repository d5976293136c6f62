package io.legion.runtime.lane;

import io.legion.core.Consistency;
import io.legion.core.shard.Reply;
import io.legion.runtime.flight.OthersWaitFlight;
import io.legion.runtime.trace.Trace;
import org.jspecify.annotations.Nullable;

/// A waiter whose wait for the other replicas is recorded.
record RecordedWaiter(Waiter waiter, OthersWaitFlight flight, int shard, Consistency asked) implements Waiter {
    /// The waiter, with a recording of its wait if there is one to be made.
    static Waiter of(Waiter waiter, int shard, Consistency asked) {
        if (asked == Consistency.FAST) {
            return waiter;
        }
        var flight = new OthersWaitFlight();
        if (!flight.isEnabled()) {
            return waiter;
        }
        flight.begin();
        return new RecordedWaiter(waiter, flight, shard, asked);
    }

    @Override
    public void replied(Reply reply) {
        flight.ended(shard, asked);
        waiter.replied(reply);
    }

    @Override
    public void failed(NoAnswer none) {
        flight.ended(shard, asked);
        waiter.failed(none);
    }

    @Override
    public void turnedAway(String who) {
        waiter.turnedAway(who);
    }

    @Override
    public @Nullable Trace trace() {
        return waiter.trace();
    }

    @Override
    public long deadlineMillis() {
        return waiter.deadlineMillis();
    }
}
