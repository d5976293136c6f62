package io.legion.simulation.checkers;

import io.legion.simulation.history.Chronicle;
import io.legion.simulation.history.EraHistory;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;

/// I7: a request changes the state at most once in the history of an era.
final class RequestOnce implements Checker.OfFolds {
    private final World world;

    RequestOnce(World world) {
        this.world = world;
    }

    @Override
    public void folded(Machine machine, EraHistory line, Chronicle.Folded now, boolean news) {
        Chronicle.Folded before = news ? line.of(now.request()) : null;
        if (before != null && before.position() != now.position()) {
            world.broken("RequestOnce", machine.name + " folded " + now + ", and it was folded before: " + before);
        }
    }
}
