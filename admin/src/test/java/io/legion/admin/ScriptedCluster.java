package io.legion.admin;

import io.legion.Legion;
import io.legion.Partitions;
import io.legion.Session;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.PartitionType;
import io.legion.core.RequestId;
import io.legion.operations.Operations;
import io.legion.operations.ShardReport;
import io.legion.operations.ShardReport.FoldWait;
import io.legion.operations.ShardReport.Participant;
import io.legion.operations.ShardReport.Phase;
import io.legion.operations.ShardReport.RequestMemory;
import io.legion.spi.StoreIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// A cluster of some nodes, all of which have a copy of each shard, seen from the first one.
public final class ScriptedCluster implements Legion {
    public static final Instant NOW = Instant.parse("2026-11-30T03:00:00Z");

    /// In a shard whose events do not fold.
    public static final int EVENTS_THAT_WAIT = 5;

    static final Instant LONG_AGO = NOW.minus(Duration.ofHours(1));

    /// A time that passes while nodes answer.
    public final AtomicLong nanos = new AtomicLong();

    private final int shards;
    private final List<ScriptedNode> nodes;
    private List<ScriptedNode> preference;

    public ScriptedCluster(int size, int shards) {
        this.shards = shards;
        this.nodes = LongStream.rangeClosed(1, size)
                .mapToObj(number -> new ScriptedNode(this, number))
                .toList();
        this.preference = nodes;
        nodes.forEach(node ->
                IntStream.range(0, shards).forEach(shard -> node.copy(shard).is(Phase.PARTICIPATING)));
    }

    /// A node, counted from 1.
    public ScriptedNode node(int number) {
        return nodes.get(number - 1);
    }

    public List<ScriptedNode> nodes() {
        return nodes;
    }

    /// All shards prefer the nodes in this order, counted from 1.
    public void prefer(int... numbers) {
        preference = IntStream.of(numbers).mapToObj(this::node).toList();
        nodes.forEach(node ->
                IntStream.range(0, shards).forEach(shard -> node.copy(shard).is(Phase.PARTICIPATING)));
    }

    /// The node is gone: nobody reaches it.
    public void kill(int number) {
        var victim = node(number);
        victim.answers = false;
        nodes.forEach(other -> cut(victim, other));
    }

    /// Two nodes do not reach each other.
    public void cut(ScriptedNode one, ScriptedNode other) {
        one.cutFrom.add(other.id);
        other.cutFrom.add(one.id);
    }

    boolean isReachable(ScriptedNode from, ScriptedNode to) {
        return !from.cutFrom.contains(to.id);
    }

    ShardReport copy(
            ScriptedNode node,
            int shard,
            Phase phase,
            int salvage,
            boolean changing,
            Optional<FoldWait> wait,
            long epoch) {
        return new ShardReport(
                shard,
                phase,
                epoch,
                0,
                preference.stream()
                        .map(other -> new Participant(new ParticipantId(other.id, 1), Duration.ZERO, true))
                        .toList(),
                changing,
                node.returning.contains(shard),
                wait.isPresent() ? EVENTS_THAT_WAIT : 0,
                node.folded,
                node.folded,
                42,
                IntStream.range(0, salvage)
                        .mapToObj(number -> new RequestId(2, number))
                        .toList(),
                0,
                new RequestMemory(0, 1, Duration.ofHours(1), node.forgottenEarly),
                Duration.ZERO,
                node.silence,
                wait,
                phase == Phase.COPYING ? Optional.of(100L) : Optional.empty());
    }

    /// A copy as after a forced change that a participant does not join.
    static ShardReport inVain(ShardReport copy, NodeId missing) {
        return new ShardReport(
                copy.shard(),
                copy.phase(),
                copy.epoch(),
                1,
                copy.participants().stream()
                        .map(one -> one.id().node().equals(missing)
                                ? new Participant(one.id(), Duration.ofSeconds(11), false)
                                : one)
                        .toList(),
                copy.changing(),
                copy.returning(),
                copy.outstanding(),
                copy.folded(),
                copy.stored(),
                copy.historyHash(),
                copy.salvage(),
                copy.salvageMore(),
                copy.requestMemory(),
                copy.eventsAhead(),
                copy.silence(),
                copy.foldWaits(),
                copy.copiedBytes());
    }

    StoreIdentity identity(ScriptedNode node) {
        return new StoreIdentity(new UUID(1, 2), "scripted", node.id, 1, shards, new TreeMap<>());
    }

    @Override
    public NodeId node() {
        return node(1).id;
    }

    @Override
    public Operations operations() {
        return new ScriptedOperations(node(1), Duration.ofDays(1));
    }

    @Override
    public <S> Partitions<S> partitions(PartitionType<S> type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Session session() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Session session(String token) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
