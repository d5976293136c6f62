package io.legion.core;

import io.legion.core.primitive.Epoch;

/// A node's membership of one shard: the node, and the epoch of the shard in which it was added. Never reused.
public record ParticipantId(NodeId node, long epoch) implements Comparable<ParticipantId> {
    @Override
    public int compareTo(ParticipantId other) {
        int byNode = node.compareTo(other.node);
        return byNode != 0 ? byNode : Long.compare(epoch, other.epoch);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof ParticipantId that && epoch == that.epoch && node.equals(that.node));
    }

    @Override
    public int hashCode() {
        return node.hashCode() * 31 + Long.hashCode(epoch);
    }

    @Override
    public String toString() {
        return node + "." + Epoch.text(epoch);
    }
}
