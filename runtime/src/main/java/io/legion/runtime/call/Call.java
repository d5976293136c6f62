package io.legion.runtime.call;

import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.shard.PartitionAddress;
import io.legion.runtime.frame.Item;
import io.legion.runtime.lane.Asked;
import io.legion.runtime.lane.ShardLanes;
import io.legion.runtime.lane.Waiter;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A request or a read on its way through the cluster.
final class Call {
    final long number;
    final int shard;
    final Waiter waiter;
    private final @Nullable Asked asked;
    private final PartitionAddress address;
    private final boolean linearizable;

    /// The id under which the request was first accepted, once that is known (R4).
    @Nullable
    EventId birth;

    /// Some node was asked: the event may be applied or not.
    boolean sent;

    /// The node that is being asked; null while there is none.
    @Nullable
    NodeId target;

    /// Tells the answers of this node's own lanes apart.
    int attempt;

    /// The nodes that turned the call away in this round; null for none, as most calls end at the first node.
    private @Nullable TreeSet<NodeId> avoided;

    int rounds;
    int silences;
    long waitMillis;
    long nextMillis;

    /// The next call at the same place of its [CallTable].
    @Nullable
    Call below;

    private Call(
            long number, int shard, Waiter waiter, @Nullable Asked asked, PartitionAddress address, boolean linear) {
        this.number = number;
        this.shard = shard;
        this.waiter = waiter;
        this.asked = asked;
        this.address = address;
        this.linearizable = linear;
        this.birth = asked == null ? null : asked.birth();
    }

    static Call request(long number, int shard, Asked asked, Waiter waiter) {
        return new Call(number, shard, waiter, asked, asked.address(), false);
    }

    static Call read(long number, int shard, PartitionAddress address, boolean linearizable, Waiter waiter) {
        return new Call(number, shard, waiter, null, address, linearizable);
    }

    boolean avoids(NodeId node) {
        return avoided != null && avoided.contains(node);
    }

    void avoid(NodeId node) {
        if (avoided == null) {
            avoided = new TreeSet<>();
        }
        avoided.add(node);
    }

    void avoidNobody() {
        avoided = null;
    }

    /// As a message to another node.
    Item item(long remainingMillis) {
        return asked == null
                ? new Item.AskRead(number, shard, remainingMillis, address, linearizable)
                : new Item.Ask(number, shard, remainingMillis, asked.again(birth, asked.consistency()));
    }

    /// Asks this node's own replica.
    void ask(ShardLanes lanes, Waiter told, long nowMillis) {
        if (asked == null) {
            lanes.read(shard, address, linearizable, told, nowMillis);
        } else {
            lanes.request(shard, asked.again(birth, asked.consistency()), told, nowMillis);
        }
    }

    /// When the caller waits no longer.
    long deadlineMillis() {
        return waiter.deadlineMillis();
    }
}
