package io.legion.simulation.checkers;

import io.legion.simulation.history.Chronicle;
import io.legion.simulation.history.EraHistory;
import io.legion.simulation.history.Histories;
import io.legion.simulation.world.Inquiry;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;

/// I7: a request changes the state at most once in the history of an era; a request id stands for one event
/// there, and what was refused because its id stands for another one is not in history (R74).
final class RequestOnce implements Checker.OfFolds {
    private final World world;
    private final Histories histories;

    RequestOnce(World world, Histories histories) {
        this.world = world;
        this.histories = histories;
    }

    @Override
    public void folded(Machine machine, EraHistory line, Chronicle.Folded now, boolean news) {
        Chronicle.Folded before = news ? line.of(now.request()) : null;
        if (before != null && before.position() != now.position()) {
            world.broken("RequestOnce", machine.name + " folded " + now + ", and it was folded before: " + before);
        }
    }

    @Override
    public void atRest() {
        for (int shard = 0; shard < world.scene.nodes().shards(); shard++) {
            EraHistory line = histories.line(shard);
            for (Inquiry inquiry : world.inquiries.of(shard)) {
                if (inquiry.isReused() && line.of(inquiry) != null) {
                    world.broken(
                            "RequestOnce", inquiry + " was refused as reused, and history has " + line.of(inquiry));
                }
            }
        }
    }
}
