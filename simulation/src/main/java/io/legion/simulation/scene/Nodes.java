package io.legion.simulation.scene;

import io.legion.core.shard.ReplicaSettings;
import io.legion.simulation.Randomness;
import io.legion.spi.Durability;

/// The machines of a scene, and what runs on them.
///
/// @param machines the number of machines, used or not
/// @param replicas the number of participants that each shard should have
/// @param cached the number of states that a node caches
/// @param skewMillis how far each clock is off at most
/// @param whole true to run whole nodes, which route and rebalance by themselves; false to run lanes, for which the
///     simulation decides
/// @param nearest true if a whole node serves a request itself where it takes part in the shard
/// @param mixed true if each machine has settings of its own, except for the request memory, which is part of the
///     state and so the same everywhere
public record Nodes(
        int machines,
        int replicas,
        int shards,
        Durability durability,
        ReplicaSettings settings,
        int cached,
        long skewMillis,
        boolean whole,
        boolean nearest,
        boolean mixed) {
    /// Whole nodes with one shard, which are all the same and whose clocks are right. Each serves what it is asked.
    public static Nodes alike(int machines, ReplicaSettings settings) {
        return new Nodes(machines, Math.min(machines, 3), 1, Durability.FORCED, settings, 1_000, 0, true, true, false);
    }

    /// The first few of these machines.
    Nodes first(int number) {
        return new Nodes(
                number,
                Math.min(replicas, number),
                shards,
                durability,
                settings,
                cached,
                skewMillis,
                whole,
                nearest,
                mixed);
    }

    /// The same with right clocks, and with request memories that last this long.
    Nodes remembering(long millis) {
        return new Nodes(
                machines,
                replicas,
                shards,
                durability,
                remembering(settings, millis),
                cached,
                0,
                whole,
                nearest,
                mixed);
    }

    private static ReplicaSettings remembering(ReplicaSettings settings, long millis) {
        return new ReplicaSettings(
                settings.maxClockAheadMillis(),
                settings.resendMillis(),
                settings.decideTimeoutMillis(),
                settings.returnMillis(),
                settings.rememberedOutputs(),
                settings.rememberedBytes(),
                millis,
                settings.maxOutstanding(),
                settings.hashEvery(),
                settings.pieceBytes());
    }

    /// The settings of one machine.
    public ReplicaSettings settingsOf(int machine) {
        if (!mixed) {
            return settings;
        }
        var random = new Randomness(machine).named("mixed");
        return new ReplicaSettings(
                settings.maxClockAheadMillis() * random.between(1, 2),
                settings.resendMillis() * random.between(1, 4),
                settings.decideTimeoutMillis() * random.between(1, 3),
                settings.returnMillis(),
                settings.rememberedOutputs(),
                settings.rememberedBytes(),
                settings.rememberedMillis(),
                Math.max(10, settings.maxOutstanding() / (int) random.between(1, 3)),
                settings.hashEvery(),
                settings.pieceBytes() * (int) random.between(1, 10));
    }
}
