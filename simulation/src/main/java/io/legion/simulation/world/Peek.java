package io.legion.simulation.world;

import io.legion.core.Consistency;
import io.legion.core.RequestId;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.Reply;
import io.legion.runtime.lane.NoAnswer;
import io.legion.runtime.lane.Waiter;
import org.jspecify.annotations.Nullable;

/// A look from outside at what a process itself sees of a partition.
final class Peek implements Waiter {
    private @Nullable Object state;

    private Peek() {}

    /// The state that a FAST read there sees now, or null if there is no answer.
    static @Nullable Object at(Program process, int shard, PartitionAddress address, long nowMillis) {
        var looking = new Peek();
        var inquiry = new Inquiry(new RequestId(0, 0), shard, address, null, Consistency.FAST, false, 0);
        process.look(shard, inquiry, looking, nowMillis);
        process.flush(nowMillis);
        return looking.state;
    }

    @Override
    public void replied(Reply reply) {
        if (reply instanceof Reply.State seen) {
            state = seen.state();
        }
    }

    @Override
    public void failed(NoAnswer none) {}

    @Override
    public long deadlineMillis() {
        return Long.MAX_VALUE;
    }
}
