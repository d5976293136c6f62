package io.legion.core.placement;

import io.legion.core.NodeId;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which nodes one node can reach, since when it cannot reach the others, and when it last heard of them, by
/// its own measure. Not a value: it follows what the cluster service tells. All times are the owner's, in
/// milliseconds.
public final class Reachability {
    private static final long NOW_REACHABLE = Long.MIN_VALUE;

    private final NodeId self;
    private final long startedMillis;
    private final TreeMap<NodeId, Long> leftMillis = new TreeMap<>();
    private final TreeMap<NodeId, Long> heardMillis = new TreeMap<>();

    /// For a node that starts now: a node that it never heard of counts as out of reach from now on.
    public Reachability(NodeId self, long nowMillis) {
        this.self = self;
        this.startedMillis = nowMillis;
    }

    /// The node can be reached.
    public void joined(NodeId node) {
        leftMillis.put(node, NOW_REACHABLE);
    }

    /// The node cannot be reached any more.
    public void left(NodeId node, long nowMillis) {
        if (isReachable(node)) {
            leftMillis.put(node, nowMillis);
        }
    }

    /// A frame of the node came.
    public void heard(NodeId node, long nowMillis) {
        heardMillis.put(node, nowMillis);
    }

    /// For how long no frame of the node came; null if none ever did.
    public @Nullable Long silentMillis(NodeId node, long nowMillis) {
        Long heard = heardMillis.get(node);
        return heard == null ? null : Math.max(0, nowMillis - heard);
    }

    /// True for every node that can be reached, and for this node.
    public boolean isReachable(NodeId node) {
        return node.equals(self) || leftMillis.getOrDefault(node, startedMillis) == NOW_REACHABLE;
    }

    /// For how long the node could not be reached; 0 if it can be.
    public long unreachableMillis(NodeId node, long nowMillis) {
        return isReachable(node) ? 0 : nowMillis - leftMillis.getOrDefault(node, startedMillis);
    }

    /// The other nodes that can be reached, in the order of their ids.
    public List<NodeId> reachable() {
        return leftMillis.keySet().stream().filter(this::isReachable).toList();
    }
}
