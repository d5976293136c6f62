package io.legion.simulation.callers;

import io.legion.core.RequestId;
import io.legion.core.shard.Reply;
import io.legion.runtime.lane.NoAnswer;
import io.legion.runtime.lane.Waiter;
import io.legion.simulation.faults.Operator;
import io.legion.simulation.world.Machine;
import org.jspecify.annotations.Nullable;

/// Waits until resubmitted salvage is safe, and tells the node that lists it.
record SalvageWaiter(Operator operator, Machine owner, int shard, RequestId id, long deadlineMillis) implements Waiter {
    @Override
    public void replied(Reply reply) {
        Reply.@Nullable Refusal refusal = reply instanceof Reply.Refused refused ? refused.reason() : null;
        if (refusal == Reply.Refusal.TOO_OLD) {
            operator.lists(shard, id);
        }
        if (refusal == null || refusal == Reply.Refusal.ALREADY_APPLIED || refusal == Reply.Refusal.TOO_OLD) {
            owner.give((process, _) -> process.resubmitted(shard, id));
        }
    }

    @Override
    public void failed(NoAnswer none) {}
}
