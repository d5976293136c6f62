package io.legion.simulation.world;

import io.legion.contracts.ClusterPlace;
import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.spi.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The cluster service of one machine of a [SimulatedPlace].
final class SimulatedCluster implements Cluster, ClusterPlace.Handle {
    private static final int MAX_FRAME_BYTES = 1 << 20;

    private final SimulatedPlace place;
    private final int number;
    private @Nullable SimulatedPart part;

    SimulatedCluster(SimulatedPlace place, int number) {
        this.place = place;
        this.number = number;
    }

    @Override
    public Participation participate(Self self, List<String> contacts, Listener listener) {
        return locked(() -> {
            if (part != null) {
                throw new IllegalStateException("a node already takes part");
            }
            part = new SimulatedPart(place, number, self, listener, () -> part = null);
            place.take(part);
            return part;
        });
    }

    @Override
    public Set<NodeId> members() {
        return locked(() -> part == null ? Set.of() : part.members());
    }

    @Override
    public boolean send(NodeId to, Bytes frame) {
        if (frame.size() > MAX_FRAME_BYTES) {
            throw new IllegalArgumentException("a frame of " + frame.size() + " bytes");
        }
        return locked(() -> part != null && part.send(to, frame));
    }

    @Override
    public int maxFrameBytes() {
        return MAX_FRAME_BYTES;
    }

    @Override
    public Duration discoveryTime() {
        return Duration.ofMillis(100);
    }

    @Override
    public Cluster cluster() {
        return this;
    }

    @Override
    public List<String> contacts() {
        return List.of();
    }

    @Override
    public void close() {
        var current = locked(() -> part);
        if (current != null) {
            current.close();
        }
    }

    private <T extends @Nullable Object> T locked(Supplier<T> action) {
        place.lock.lock();
        try {
            return action.get();
        } finally {
            place.lock.unlock();
        }
    }
}
