package io.legion.memory;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.spi.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A [Cluster] of one node: it has no other members, and every frame is dropped.
public final class SoloCluster implements Cluster, AutoCloseable {
    private static final int MAX_FRAME_BYTES = 1 << 20;

    private final AtomicReference<@Nullable Part> part = new AtomicReference<>();

    private SoloCluster() {}

    /// Opens it. It holds nothing to release.
    public static SoloCluster open() {
        return new SoloCluster();
    }

    @Override
    public Participation participate(Self self, List<String> contacts, Listener listener) {
        var next = new Part(self.cluster());
        if (!part.compareAndSet(null, next)) {
            throw new IllegalStateException("a node already takes part in this cluster");
        }
        return next;
    }

    @Override
    public Set<NodeId> members() {
        return Set.of();
    }

    @Override
    public boolean send(NodeId to, Bytes frame) {
        if (frame.size() > MAX_FRAME_BYTES) {
            throw new IllegalArgumentException("a frame of " + frame.size() + " bytes: at most " + MAX_FRAME_BYTES);
        }
        return false;
    }

    @Override
    public int maxFrameBytes() {
        return MAX_FRAME_BYTES;
    }

    @Override
    public Duration discoveryTime() {
        return Duration.ZERO;
    }

    @Override
    public void close() {}

    private final class Part implements Participation {
        private final AtomicReference<@Nullable UUID> cluster;

        Part(@Nullable UUID cluster) {
            this.cluster = new AtomicReference<>(cluster);
        }

        @Override
        public void belongsTo(UUID joined) {
            if (!cluster.compareAndSet(null, joined) && !joined.equals(cluster.get())) {
                throw new IllegalStateException("the node belongs to the cluster " + cluster.get());
            }
        }

        @Override
        public void close() {
            part.compareAndSet(this, null);
        }
    }
}
