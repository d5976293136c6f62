package io.legion.simulation.callers;

import io.legion.core.shard.Reply;
import io.legion.core.shard.Request;
import io.legion.runtime.lane.NoAnswer;
import io.legion.runtime.lane.Waiter;
import io.legion.simulation.faults.Operator;
import io.legion.simulation.world.Machine;
import org.jspecify.annotations.Nullable;

/// Waits until resubmitted salvage is safe, and tells the node that lists it.
record SalvageWaiter(Operator operator, Machine owner, int shard, Request request, long deadlineMillis)
        implements Waiter {
    @Override
    public void replied(Reply reply) {
        Reply.@Nullable Refusal refusal = reply instanceof Reply.Refused refused ? refused.reason() : null;
        boolean refusedForGood = refusal == Reply.Refusal.TOO_OLD || refusal == Reply.Refusal.ID_REUSED;
        if (refusedForGood) {
            operator.lists(shard, request.id());
        }
        if (refusal == null || refusal == Reply.Refusal.ALREADY_APPLIED || refusedForGood) {
            owner.give((process, _) -> process.resubmitted(shard, request));
        }
    }

    @Override
    public void failed(NoAnswer none) {}
}
