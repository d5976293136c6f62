package io.legion.simulation;

import io.legion.core.RequestId;
import java.util.HashMap;
import java.util.Map;

/// I7: a request changes the state at most once.
final class RequestOnce implements Checker {
    private record Named(int shard, RequestId request) {}

    private final World world;
    private final Map<Named, Chronicle.Folded> folded = new HashMap<>();

    RequestOnce(World world) {
        this.world = world;
    }

    @Override
    public void folded(Machine machine, int shard, Chronicle.Folded now) {
        Chronicle.Folded before = folded.putIfAbsent(new Named(shard, now.request()), now);
        if (before != null && before.position() != now.position()) {
            world.broken("RequestOnce", machine.name + " folded " + now + ", and it was folded before: " + before);
        }
    }
}
