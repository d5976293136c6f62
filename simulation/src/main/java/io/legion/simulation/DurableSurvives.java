package io.legion.simulation;

import io.legion.core.Consistency;
import io.legion.core.EventId;
import io.legion.core.RequestId;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/// I4: an event answered DURABLE is in history, whatever happened to a minority of the disks; itself, and not only its
/// request by way of salvage.
final class DurableSurvives implements Checker {
    private final World world;

    DurableSurvives(World world) {
        this.world = world;
    }

    @Override
    public void atRest() {
        for (int shard = 0; shard < world.scene.shards(); shard++) {
            var inHistory = new HashMap<RequestId, EventId>();
            world.history
                    .get(shard)
                    .values()
                    .forEach(folded -> inHistory.putIfAbsent(folded.request(), folded.event()));
            for (Inquiry inquiry : world.clients.inquiries()) {
                if (inquiry.shard == shard) {
                    check(inquiry, inHistory.get(inquiry.id));
                }
            }
        }
    }

    private void check(Inquiry inquiry, @Nullable EventId event) {
        for (Inquiry.Answered answer : inquiry.answers) {
            if (answer.standing() != Consistency.FAST && !survives(inquiry, answer.event(), event)) {
                world.broken("DurableSurvives", inquiry + " was answered " + answer + ", and in history is " + event);
            }
        }
    }

    /// A request that was tried more than once has more than one event, of which any may come first in history.
    private boolean survives(Inquiry inquiry, EventId answered, @Nullable EventId event) {
        boolean once = inquiry.tries == 1 && !world.scene.wholeNodes();
        return event != null && (!once || event.equals(answered));
    }
}
