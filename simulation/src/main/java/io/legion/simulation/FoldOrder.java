package io.legion.simulation;

import io.legion.core.EventId;
import java.util.HashMap;
import java.util.Map;

/// I1: the folded sequences of any two replicas of a shard are beginnings of one history.
final class FoldOrder implements Checker {
    private record Place(int shard, long position) {}

    private record Named(int shard, EventId event) {}

    private final World world;
    private final Map<Place, Chronicle.Folded> history = new HashMap<>();
    private final Map<Named, Chronicle.Folded> events = new HashMap<>();

    FoldOrder(World world) {
        this.world = world;
    }

    @Override
    public void folded(Machine machine, int shard, Chronicle.Folded folded) {
        compare(machine, history.putIfAbsent(new Place(shard, folded.position()), folded), folded);
        compare(machine, events.putIfAbsent(new Named(shard, folded.event()), folded), folded);
    }

    private void compare(
            Machine machine, Chronicle.@org.jspecify.annotations.Nullable Folded before, Chronicle.Folded now) {
        if (before != null && !before.equals(now)) {
            world.broken("FoldOrder", machine.name + " folded " + now + ", and another replica " + before);
        }
    }
}
