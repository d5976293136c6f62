package io.legion.runtime;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/// A [Cluster] of one node: it has no other members, and every frame is dropped.
public final class SoloCluster implements Cluster, AutoCloseable {
    private static final int MAX_FRAME_BYTES = 1 << 20;

    private final AtomicBoolean taken = new AtomicBoolean();

    private SoloCluster() {}

    /// Opens it. It holds nothing that would have to be released.
    public static SoloCluster open() {
        return new SoloCluster();
    }

    @Override
    public Participation participate(Self self, List<String> contacts, Listener listener) {
        if (!taken.compareAndSet(false, true)) {
            throw new IllegalStateException("a node already takes part in this cluster");
        }
        return new Participation() {
            @Override
            public void belongsTo(UUID cluster) {}

            @Override
            public void close() {
                taken.set(false);
            }
        };
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
}
