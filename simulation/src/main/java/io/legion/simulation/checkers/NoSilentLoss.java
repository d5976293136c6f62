package io.legion.simulation.checkers;

import io.legion.simulation.faults.Operator;
import io.legion.simulation.history.EraHistory;
import io.legion.simulation.history.Histories;
import io.legion.simulation.world.Inquiry;
import io.legion.simulation.world.World;

/// I3: an event that was answered FAST, and whose origin's disk lives, is in history.
///
/// (At rest no salvage is listed any more: [Convergence] waits for that.) What a forced change has overruled is
/// listed instead (R43). An event whose id stands for another one in history was refused there (R74).
final class NoSilentLoss implements Checker {
    private final World world;
    private final Histories histories;
    private final Operator operator;

    NoSilentLoss(World world, Histories histories, Operator operator) {
        this.world = world;
        this.histories = histories;
        this.operator = operator;
    }

    @Override
    public void atRest() {
        for (int shard = 0; shard < world.scene.nodes().shards(); shard++) {
            EraHistory line = histories.line(shard);
            long unlisted = 0;
            for (Inquiry inquiry : world.inquiries.of(shard)) {
                if (line.of(inquiry) == null && !line.isForAnother(inquiry) && isMissed(inquiry)) {
                    unlisted++;
                    check(inquiry, unlisted);
                }
            }
        }
    }

    private boolean isMissed(Inquiry inquiry) {
        return inquiry.answers().stream().anyMatch(answer -> !world.lost.may(answer))
                && !operator.isListed(inquiry.shard, inquiry.id);
    }

    /// Overruled replicas (R43) tell how many more there are than they list.
    private void check(Inquiry inquiry, long unlisted) {
        if (unlisted > operator.more(inquiry.shard)) {
            world.broken(
                    "NoSilentLoss",
                    inquiry + " was answered " + inquiry.answers() + " and is neither in history nor listed");
        }
    }
}
