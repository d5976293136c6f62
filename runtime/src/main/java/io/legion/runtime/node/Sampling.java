package io.legion.runtime.node;

import io.legion.core.placement.Member;
import io.legion.core.shard.ClockLead;
import io.legion.core.shard.ReplicaStatus;

/// Shows what the [NodeMeters] show: looks at every shard of its node once in a round of ticks, a few
/// with each tick, so that no tick takes long.
public final class Sampling {
    /// Usually two seconds.
    public static final int ROUND_TICKS = 40;

    private final NodeState state;
    private final Candidates candidates;
    private ShardTotals totals = new ShardTotals();
    private int ticks;

    public Sampling(NodeState state) {
        this.state = state;
        this.candidates = new Candidates(state);
    }

    public void tick() {
        for (int shard = ticks; shard < state.settings.shards(); shard += ROUND_TICKS) {
            look(shard);
        }
        ticks = (ticks + 1) % ROUND_TICKS;
        if (ticks == 0) {
            state.meters.show(totals);
            showMembers();
            totals = new ShardTotals();
        }
    }

    private void look(int shard) {
        if (candidates.isPreferred(shard)) {
            totals.served++;
        }
        var looked = state.lane.status(shard);
        state.lane.state(shard, looked).ifPresent(totals::add);
        ClockLead lead = state.lane.clockLead(shard);
        if (lead != null) {
            totals.add(lead);
        }
        looked.ifPresent(status -> {
            totals.add(status, state.lane.oldestOutstandingMillis(shard));
            if (lacksMajority(status)) {
                totals.withoutMajority++;
            }
        });
    }

    private boolean lacksMajority(ReplicaStatus status) {
        long reachable = status.participants().stream()
                .filter(participant -> state.reachability.isReachable(participant.node()))
                .count();
        return status.phase() == ReplicaStatus.Phase.PARTICIPATING
                && 2 * reachable <= status.participants().size();
    }

    private void showMembers() {
        for (var status : Member.Status.values()) {
            state.meters.members(status, state.members.with(status).size());
        }
        state.meters.announced(state.members);
        state.meters.unreachable((int) state.members.all().stream()
                .filter(member -> member.status() != Member.Status.GONE)
                .filter(member -> !state.reachability.isReachable(member.node()))
                .count());
    }
}
