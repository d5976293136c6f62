package io.legion.simulation.faults;

import io.legion.simulation.scene.Fault;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;

/// Faults of the network.
final class Cuts {
    private final World world;

    /// How long the next machine that sees a decision made is cut off; 0 for none.
    private long isolateAtDecisionMillis;

    Cuts(World world) {
        this.world = world;
    }

    /// Lets nothing through between two machines.
    boolean cut(Machine one, Machine other, long millis) {
        boolean cut = cutOneWay(one, other, millis);
        if (cut) {
            world.network.cut(other.number, one.number);
        }
        return cut;
    }

    boolean cutOneWay(Machine from, Machine to, long millis) {
        if (from == to) {
            return false;
        }
        world.network.cut(from.number, to.number);
        world.timeline.afterMillis(millis, () -> heal(from, to));
        return true;
    }

    void heal(Machine one, Machine other) {
        world.network.heal(one.number, other.number);
        world.network.heal(other.number, one.number);
        if (!world.scene.nodes().whole() && one.isUp() && other.isUp()) {
            one.give((process, now) -> process.reachable(other.node(), now));
            other.give((process, now) -> process.reachable(one.node(), now));
        }
    }

    boolean isolate(Machine machine, long millis) {
        world.machines.forEach(other -> cut(machine, other, millis));
        return true;
    }

    boolean waitForDecision(long millis) {
        isolateAtDecisionMillis = millis;
        return true;
    }

    /// A machine is about to tell of a decision.
    void telling(Machine machine) {
        long millis = isolateAtDecisionMillis;
        isolateAtDecisionMillis = 0;
        if (millis > 0 && !world.isHealing()) {
            isolate(machine, millis);
        }
    }

    boolean split(int last, long millis) {
        for (int one = 0; one <= last; one++) {
            for (int other = last + 1; other < world.machines.size(); other++) {
                cut(world.machines.get(one), world.machines.get(other), millis);
            }
        }
        return last + 1 < world.machines.size();
    }

    boolean lossy(long millis) {
        world.network.loseMore(0.4);
        world.timeline.afterMillis(millis, () -> world.network.loseMore(0));
        return true;
    }

    boolean slowLink(Fault.SlowLink slow) {
        world.network.slow(slow.from(), slow.to(), slow.extraMicros());
        world.timeline.afterMillis(slow.millis(), () -> world.network.slow(slow.from(), slow.to(), 0));
        return true;
    }

    /// Lets everything through again.
    void healAll() {
        world.network.healAll();
        for (Machine one : world.machines) {
            for (Machine other : world.machines) {
                if (one.number < other.number) {
                    heal(one, other);
                }
            }
        }
    }
}
