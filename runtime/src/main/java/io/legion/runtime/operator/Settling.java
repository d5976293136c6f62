package io.legion.runtime.operator;

import io.legion.core.Bytes;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.Read;
import io.legion.core.shard.ReplicaStatus;
import io.legion.core.shard.Shards;
import io.legion.operations.SettledShard;
import io.legion.runtime.client.CallerContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Waits until shards have in history, and in the store, whatever any of their participants had answered before.
///
/// A barrier (R57) folds here once all participants have said what they had originated, so this replica holds all of
/// that then, and its clock has passed it. It may be later in the order than the barrier, where clocks differ; so a
/// second barrier comes behind it all.
final class Settling {
    /// No service has such keys.
    private static final String MARK = "\0legion-settles-";

    private final CallerContext callers;
    private final PartitionType<?> type;
    private final int shards;

    /// @param type any partition type of the service
    Settling(CallerContext callers, PartitionType<?> type, int shards) {
        this.callers = callers;
        this.type = type;
        this.shards = shards;
    }

    /// Settles these shards at once.
    ///
    /// @param patience for all of them together
    List<SettledShard> settle(List<Integer> wanted, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        var settled = new ArrayList<SettledShard>();
        var first = barriers(wanted, until, settled);
        checkpoint(barriers(first, until, settled), settled);
        return List.copyOf(settled);
    }

    /// @param refused gets the shards whose barriers do not fold
    /// @return the others
    private List<Integer> barriers(List<Integer> wanted, long until, List<SettledShard> refused) {
        long deadline = callers.deadlineMillis(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
        var waiting = new TreeMap<Integer, Barrier>();
        wanted.forEach(shard -> waiting.put(shard, new Barrier(deadline)));
        callers.host()
                .withNode((node, now) -> waiting.forEach(
                        (shard, barrier) -> node.lane().read(shard, new Read(mark(shard), true), barrier, now)));
        var folded = new ArrayList<Integer>();
        for (Map.Entry<Integer, Barrier> one : waiting.entrySet()) {
            var why = one.getValue().await(until);
            if (why.isEmpty()) {
                folded.add(one.getKey());
            } else {
                refused.add(not(one.getKey(), why));
            }
        }
        return folded;
    }

    /// Has the store get what has folded.
    private void checkpoint(List<Integer> folded, List<SettledShard> settled) {
        callers.host().withNode((node, _) -> folded.forEach(shard -> node.lane().checkpoint(shard)));
        callers.host().ask(node -> {
            for (int shard : folded) {
                settled.add(node.status(shard)
                        .map(status -> of(shard, status))
                        .orElseGet(() -> not(shard, "it has stopped on this node")));
            }
            return true;
        });
    }

    private static SettledShard of(int shard, ReplicaStatus status) {
        return status.phase() == ReplicaStatus.Phase.PARTICIPATING
                ? new SettledShard(shard, true, status.folded(), "")
                : not(shard, "this node takes no part in it any more");
    }

    private static SettledShard not(int shard, String why) {
        return new SettledShard(shard, false, 0, why);
    }

    /// A partition of the shard that a read may name.
    private PartitionAddress mark(int shard) {
        for (int number = 0; ; number++) {
            var address = new PartitionAddress(type.id(), new PartitionKey(Bytes.of(MARK + number)));
            if (Shards.of(address, shards) == shard) {
                return address;
            }
        }
    }
}
