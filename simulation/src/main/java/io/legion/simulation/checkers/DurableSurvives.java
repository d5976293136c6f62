package io.legion.simulation.checkers;

import io.legion.core.Consistency;
import io.legion.core.EventId;
import io.legion.simulation.faults.Operator;
import io.legion.simulation.history.Chronicle;
import io.legion.simulation.history.EraHistory;
import io.legion.simulation.history.Histories;
import io.legion.simulation.world.Inquiry;
import io.legion.simulation.world.World;
import org.jspecify.annotations.Nullable;

/// I4: an event answered DURABLE is in history, whatever happened to a minority of the disks: the event itself,
/// not only its request by way of salvage. After a forced change (R43) it may be listed instead. If its caller
/// gave its id to another event too, that one may be in history instead (R74).
final class DurableSurvives implements Checker {
    private final World world;
    private final Histories histories;
    private final Operator operator;

    DurableSurvives(World world, Histories histories, Operator operator) {
        this.world = world;
        this.histories = histories;
        this.operator = operator;
    }

    @Override
    public void atRest() {
        for (int shard = 0; shard < world.scene.nodes().shards(); shard++) {
            EraHistory line = histories.line(shard);
            for (Inquiry inquiry : world.inquiries.of(shard)) {
                Chronicle.Folded folded = line.of(inquiry);
                if (!line.isForAnother(inquiry)) {
                    check(inquiry, folded == null ? null : folded.event());
                }
            }
        }
    }

    private void check(Inquiry inquiry, @Nullable EventId event) {
        for (Inquiry.Answered answer : inquiry.answers()) {
            if (answer.consistency() != Consistency.FAST
                    && !survives(inquiry, answer.event(), event)
                    && !isGivenUp(inquiry)) {
                world.broken("DurableSurvives", inquiry + " was answered " + answer + ", and in history is " + event);
            }
        }
    }

    /// R43: a forced change loses what only the lost nodes held; if they come back, it is listed.
    private boolean isGivenUp(Inquiry inquiry) {
        return histories.isForced(inquiry.shard) && operator.mayLack(inquiry.shard, inquiry.id);
    }

    /// A request tried more than once has several events, any of which may come first in history.
    private boolean survives(Inquiry inquiry, EventId answered, @Nullable EventId event) {
        boolean once = inquiry.tries() == 1 && !world.scene.nodes().whole();
        return event != null && (!once || event.equals(answered));
    }
}
