package io.legion.simulation.world;

import io.legion.contracts.ClusterPlace;
import io.legion.core.shard.ReplicaSettings;
import io.legion.simulation.Randomness;
import io.legion.simulation.scene.Links;
import io.legion.simulation.scene.Load;
import io.legion.simulation.scene.Nodes;
import io.legion.simulation.scene.Scene;
import io.legion.simulation.time.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// The simulated [Network] as a place for real threads: one of them lets virtual time go on, and tells now and then,
/// as [World] tells whole nodes, who can be reached.
final class SimulatedPlace implements ClusterPlace {
    private static final int MOST_CLUSTERS = 16;
    private static final long MEET_MILLIS = 20;
    private static final long STEP_MICROS = 1_000;
    private static final long REST_NANOS = 200_000;

    /// Guards the network, the time, and who is there.
    final ReentrantLock lock = new ReentrantLock();

    final Network network;
    private final Timeline timeline = new Timeline();
    private final List<SimulatedCluster> clusters = new ArrayList<>();

    /// Those that take part, in the order in which they came.
    private final List<SimulatedPart> parts = new ArrayList<>();

    private final Thread clock;
    private volatile boolean closed;

    SimulatedPlace() {
        network = new Network(scene(), timeline, new Randomness(7));
        timeline.afterMillis(MEET_MILLIS, this::meet);
        clock = Thread.ofPlatform().daemon().name("virtual time").start(this::run);
    }

    /// Frames that are sent one after the other would overtake each other, if the network let them.
    private static Scene scene() {
        return new Scene(
                Nodes.alike(MOST_CLUSTERS, ReplicaSettings.defaults()),
                Links.lossless(500, 5_000),
                Load.of(1, 1),
                0,
                List.of());
    }

    private void run() {
        while (!closed) {
            lock.lock();
            try {
                for (long end = timeline.micros() + STEP_MICROS; timeline.micros() < end && timeline.step(); ) {}
            } finally {
                lock.unlock();
            }
            LockSupport.parkNanos(REST_NANOS);
        }
    }

    private void meet() {
        for (var one : parts) {
            one.meet(parts);
        }
        timeline.afterMillis(MEET_MILLIS, this::meet);
    }

    void take(SimulatedPart part) {
        parts.add(part);
    }

    void leave(SimulatedPart part) {
        parts.remove(part);
    }

    @Override
    public Handle open() {
        var cluster = new SimulatedCluster(this, clusters.size());
        clusters.add(cluster);
        return cluster;
    }

    @Override
    public void close() {
        clusters.forEach(SimulatedCluster::close);
        closed = true;
        try {
            clock.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
