package io.legion.simulation;

import io.legion.core.Consistency;
import io.legion.core.RequestId;
import java.util.TreeSet;

/// I4: an event answered DURABLE is in history, whatever happened to a minority of the disks.
final class DurableSurvives implements Checker {
    private final World world;

    DurableSurvives(World world) {
        this.world = world;
    }

    @Override
    public void atRest() {
        for (int shard = 0; shard < world.scene.shards(); shard++) {
            var inHistory = new TreeSet<RequestId>();
            world.history.get(shard).values().forEach(folded -> inHistory.add(folded.request()));
            for (Inquiry inquiry : world.clients.inquiries()) {
                if (inquiry.shard == shard && !inHistory.contains(inquiry.id)) {
                    check(inquiry);
                }
            }
        }
    }

    private void check(Inquiry inquiry) {
        for (Inquiry.Answered answer : inquiry.answers) {
            if (answer.standing() != Consistency.FAST) {
                world.broken("DurableSurvives", inquiry + " was answered " + answer + " and is not in history");
            }
        }
    }
}
