package io.legion.simulation.world;

import io.legion.core.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Which machine can reach which: carries messages and, where whole nodes run, tells the nodes now and then.
final class Reach {
    private static final long TELL_MILLIS = 100;

    private final World world;

    Reach(World world) {
        this.world = world;
    }

    /// Tells whole nodes, from now on, which nodes they can reach.
    void begin() {
        List<Machine> running = running();
        for (Machine one : running) {
            var reachable = new TreeMap<NodeId, Machine>();
            for (Machine other : running) {
                boolean hears = !other.node().equals(one.node()) && world.isReachable(one, other);
                if (hears && admits(one, other) && admits(other, one)) {
                    reachable.putIfAbsent(other.node(), other);
                }
            }
            one.tellReachable(reachable);
        }
        world.timeline.afterMillis(TELL_MILLIS, this::begin);
    }

    /// All machines, a twin too.
    private List<Machine> running() {
        var running = new ArrayList<>(world.machines);
        world.twin().ifPresent(running::add);
        return running;
    }

    /// R64: a node is where it was seen first, as long as it can be reached there.
    private boolean admits(Machine one, Machine other) {
        Machine first = one.reachable().get(other.node());
        boolean admits = first == null || first == other || !world.isReachable(one, first);
        if (!admits) {
            other.keepOut(one);
        }
        return admits;
    }

    /// Sends a message to where a node is now; it arrives only if both ends are then still the same.
    void send(Machine from, NodeId to, byte[] bytes) {
        boolean whole = world.scene.nodes().whole();
        Machine target = whole ? from.reachable().get(to) : world.machineOf(to);
        if (target == null) {
            return;
        }
        NodeId sender = from.node();
        int life = from.restores();
        world.network.send(from.number, target.number, bytes, received -> {
            boolean known = !whole || target.reachable().get(sender) == from;
            if (known && target.node().equals(to) && from.restores() == life) {
                target.give((process, now) -> process.receive(sender, received, now));
            }
        });
    }
}
