package io.legion.core.placement;

import io.legion.core.NodeId;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// R76: the shards that other nodes say they have stopped. Not a value: it follows what the nodes tell. All
/// times are the owner's, in milliseconds.
public final class StoppedCopies {
    /// A shard that has stopped on a node.
    ///
    /// @param reason for people
    /// @param kept true if the node keeps the copy until a person has looked: the shard does not come there
    public record Stopped(Kind kind, String reason, boolean kept) {}

    /// What stopped a copy.
    public enum Kind {
        /// The store has no room.
        STORE_FULL(1),
        /// The store takes no writes.
        STORE_FAILED(2),
        /// What the store has of the shard cannot be read, or does not fit together.
        UNREADABLE(3),
        /// Its state differs from the others' at equal history.
        DIVERGED(4),
        /// Anything else: an invariant that does not hold, an event or a state that this release does not know.
        OTHER(5),
        /// Nothing is wrong with it: the node's release of the service does not run a version that it needs (R87).
        RELEASE(6);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }

        /// The number that stands for it between nodes.
        public byte code() {
            return code;
        }

        /// The kind with this number. One of a later release is [#OTHER] to this one.
        public static Kind of(byte code) {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            return OTHER;
        }
    }

    /// What one node said last.
    ///
    /// @param number orders what it says
    private record Report(long number, SortedMap<Integer, Stopped> shards) {}

    private final TreeMap<NodeId, Report> reports = new TreeMap<>();

    /// When this node first heard of each.
    private final TreeMap<NodeId, TreeMap<Integer, Long>> since = new TreeMap<>();

    /// A node says which of its shards have stopped: these and no others.
    ///
    /// @return those that are news
    public SortedMap<Integer, Stopped> hear(
            NodeId node, long number, SortedMap<Integer, Stopped> shards, long nowMillis) {
        Report known = reports.get(node);
        if (known != null && known.number >= number) {
            return Collections.emptySortedMap();
        }
        reports.put(node, new Report(number, shards));
        var heard = since.computeIfAbsent(node, _ -> new TreeMap<>());
        heard.keySet().retainAll(shards.keySet());
        var news = new TreeMap<>(shards);
        news.keySet().removeAll(heard.keySet());
        news.keySet().forEach(shard -> heard.put(shard, nowMillis));
        return news;
    }

    /// The node is out of reach: it says so again when it is back.
    public void left(NodeId node) {
        since.remove(node);
        reports.remove(node);
    }

    /// What has stopped there, by shard.
    public SortedMap<Integer, Stopped> on(NodeId node) {
        Report known = reports.get(node);
        return known == null ? Collections.emptySortedMap() : known.shards;
    }

    /// The nodes that said something.
    public Iterable<NodeId> nodes() {
        return reports.keySet();
    }

    boolean isStopped(NodeId node, int shard) {
        return on(node).containsKey(shard);
    }

    /// True if the shard has been stopped there for longer than this.
    boolean isOverdue(NodeId node, int shard, long afterMillis, long nowMillis) {
        Long first = since.getOrDefault(node, new TreeMap<>()).get(shard);
        return first != null && nowMillis - first >= afterMillis;
    }

    /// True if the node takes no other copy of the shard.
    boolean isKept(NodeId node, int shard) {
        @Nullable Stopped stopped = on(node).get(shard);
        return stopped != null && stopped.kept;
    }
}
