package io.legion.simulation;

import io.legion.core.RequestId;
import java.util.HashSet;

/// I3: an event that was answered FAST, and whose origin's disk lives, is in history.
///
/// (At rest nothing is listed as salvage any more: [Convergence] waits for that.)
final class NoSilentLoss implements Checker {
    private final World world;

    NoSilentLoss(World world) {
        this.world = world;
    }

    @Override
    public void atRest() {
        for (int shard = 0; shard < world.scene.shards(); shard++) {
            var inHistory = new HashSet<RequestId>();
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
            if (!world.lostNodes.contains(answer.event().origin().node())) {
                world.broken("NoSilentLoss", inquiry + " was answered " + answer + " and is not in history");
            }
        }
    }
}
