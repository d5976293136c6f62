package io.legion.runtime.start;

import io.legion.core.NodeId;
import io.legion.core.RequestId;
import io.legion.core.shard.PartitionTypes;
import io.legion.operations.ForcedChange;
import io.legion.operations.MemberReport;
import io.legion.operations.Operations;
import io.legion.operations.OverruledCopy;
import io.legion.operations.ShardReport;
import io.legion.operations.StoppedShard;
import io.legion.runtime.client.CallerContext;
import io.legion.runtime.host.Node;
import io.legion.spi.StoreIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// What an operator asks of a running node.
record NodeOperations(StoreIdentity identity, PartitionTypes types, CallerContext callers) implements Operations {
    private static final Duration LONGEST_AHEAD = Duration.ofDays(365);

    @Override
    public List<MemberReport> members() {
        return callers.host().ask(Node::members).all().stream().map(Reports::of).toList();
    }

    @Override
    public List<ShardReport> shards() {
        return callers.host()
                .ask(node -> IntStream.range(0, identity.shards())
                        .mapToObj(shard -> report(node, shard))
                        .flatMap(Optional::stream)
                        .toList());
    }

    @Override
    public Optional<ShardReport> shard(int shard) {
        return callers.host().ask(node -> report(node, shard));
    }

    private static Optional<ShardReport> report(Node node, int shard) {
        return node.status(shard).map(status -> Reports.of(shard, status));
    }

    @Override
    public List<StoppedShard> stoppedShards() {
        return callers.host().ask(node -> Reports.stopped(identity.node(), node));
    }

    @Override
    public boolean dropStoppedCopy(int shard) {
        return callers.host().change((node, now) -> node.dropStoppedCopy(shard, now));
    }

    @Override
    public boolean leave(Duration patience) {
        callers.host().withNode(Node::leave);
        return callers.waitUntil(patience, () -> callers.host().ask(Node::hasLeft));
    }

    @Override
    public void eject(NodeId node) {
        if (node.equals(identity.node())) {
            throw new IllegalArgumentException("this node cannot eject itself: let it leave");
        }
        callers.host().withNode((ejecting, now) -> ejecting.eject(node, now));
    }

    @Override
    public void acceptClocksAhead(Duration ahead) {
        if (ahead.isNegative() || ahead.compareTo(LONGEST_AHEAD) > 0) {
            throw new IllegalArgumentException("clocks can be accepted that are from 0 to " + LONGEST_AHEAD.toDays()
                    + " days ahead, not " + ahead);
        }
        callers.host().withNode((node, _) -> node.acceptClocksAhead(ahead.toMillis()));
    }

    @Override
    public List<ForcedChange> force(Set<NodeId> lost) {
        return callers.host().change((node, now) -> node.force(lost, now));
    }

    @Override
    public List<OverruledCopy> overruledCopies() {
        return callers.host().ask(Node::overruled).entrySet().stream()
                .map(entry -> Reports.of(entry.getKey(), entry.getValue(), types))
                .toList();
    }

    @Override
    public boolean dropOverruledCopy(int shard) {
        return callers.host().change((node, now) -> node.dropOverruledCopy(shard, now));
    }

    @Override
    public List<RequestId> lostRequests() {
        return callers.host().ask(Node::lostRequests);
    }
}
