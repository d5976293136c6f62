package io.legion.admin;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.core.PartitionKey;
import io.legion.core.RequestId;
import io.legion.core.SearchTag;
import io.legion.operations.Extract;
import io.legion.operations.ExtractPiece;
import io.legion.operations.ForcedChange;
import io.legion.operations.IndexPage;
import io.legion.operations.KeyPage;
import io.legion.operations.MemberReport;
import io.legion.operations.NodeReport;
import io.legion.operations.Operations;
import io.legion.operations.OverruledCopy;
import io.legion.operations.PartitionPlace;
import io.legion.operations.PartitionReport;
import io.legion.operations.PeerReport;
import io.legion.operations.SettledShard;
import io.legion.operations.ShardReport;
import io.legion.operations.StoppedShard;
import io.legion.operations.Troubles;
import io.legion.operations.TypeShape;
import io.legion.operations.UnreachableException;
import io.legion.operations.VersionOrder;
import io.legion.operations.VersionsReport;
import io.legion.recording.RecordedPiece;
import io.legion.recording.Recording;
import io.legion.recording.RecordingOrder;
import io.legion.spi.StoreIdentity;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/// The operations of a scripted node; orders only leave a note there.
///
/// @param patience how long each call waits
record ScriptedOperations(ScriptedNode node, Duration patience) implements Operations {
    @Override
    public Operations at(NodeId other, Duration patience) {
        var asked = node.cluster.nodes().stream()
                .filter(one -> one.id.equals(other))
                .findFirst()
                .orElseThrow();
        return new ScriptedOperations(asked, patience);
    }

    private ScriptedNode asked() {
        node.waitUntilItGoesOn();
        return answering();
    }

    private ScriptedNode answering() {
        boolean inTime = node.takes.compareTo(patience) <= 0;
        node.cluster.nanos.addAndGet((inTime ? node.takes : patience).toNanos());
        if (!node.answers || !inTime) {
            throw new UnreachableException("The node " + node.id + " did not answer.");
        }
        return node;
    }

    /// Nothing waits for it.
    @Override
    public StoreIdentity identity() {
        return node.cluster.identity(answering());
    }

    @Override
    public List<MemberReport> members() {
        return asked().cluster.nodes().stream().map(ScriptedNode::member).toList();
    }

    @Override
    public NodeReport report() {
        return asked().report();
    }

    @Override
    public List<PeerReport> peers() {
        return asked().peers();
    }

    @Override
    public List<ShardReport> shards(int from, int limit) {
        return asked().shards.stream()
                .filter(shard -> shard.shard() >= from)
                .sorted(Comparator.comparingInt(ShardReport::shard))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<ShardReport> shard(int shard) {
        return shards(shard, 1).stream().filter(copy -> copy.shard() == shard).findFirst();
    }

    @Override
    public List<StoppedShard> stoppedShards() {
        return List.copyOf(asked().stopped);
    }

    @Override
    public Troubles troubles() {
        return asked().troubles;
    }

    @Override
    public List<OverruledCopy> overruledCopies() {
        return asked().shards.stream()
                .filter(copy -> copy.phase() == ShardReport.Phase.OVERRULED)
                .map(copy -> new OverruledCopy(copy.shard(), node.listsAreComplete, List.of(), 3))
                .toList();
    }

    @Override
    public List<RequestId> lostRequests() {
        return LongStream.range(0, asked().lostRequests)
                .mapToObj(number -> new RequestId(4, number))
                .toList();
    }

    @Override
    public PartitionPlace place(String type, PartitionKey key) {
        return new PartitionPlace(
                0, node.cluster.nodes().stream().map(ScriptedNode::id).toList());
    }

    @Override
    public Optional<PartitionReport> partition(String type, PartitionKey key) {
        return Optional.of(new PartitionReport(
                type,
                key,
                0,
                true,
                "{\"cents\":" + asked().id.value() + "}",
                8,
                false,
                "",
                List.of(),
                List.of(),
                0,
                false));
    }

    @Override
    public KeyPage keys(String type, Bytes prefix, KeyPage.Bookmark from, int limit) {
        var key = PartitionKey.of("key-" + asked().id.value());
        return from.after().isPresent()
                ? new KeyPage(List.of(), Optional.empty())
                : new KeyPage(
                        List.of(new KeyPage.Found(0, key)), Optional.of(new KeyPage.Bookmark(0, Optional.of(key))));
    }

    @Override
    public IndexPage index(String type, SearchTag from, int limit) {
        return new IndexPage(List.of(), Optional.empty());
    }

    private boolean ordered(String order) {
        if (node.beginsNoOrder) {
            throw UnreachableException.notAsked("The node " + node.id + " did not begin this one.");
        }
        if (node.silentToOrders) {
            throw new UnreachableException("The node " + node.id + " did not answer in time.");
        }
        return asked().orders.add(order);
    }

    @Override
    public boolean dropStoppedCopy(int shard) {
        return ordered("dropStoppedCopy " + shard);
    }

    @Override
    public boolean leave(Duration patience) {
        return !ordered("leave");
    }

    @Override
    public void eject(NodeId lost) {
        ordered("eject " + lost);
    }

    @Override
    public void pauseRebalancing() {
        ordered("pause");
    }

    @Override
    public void resumeRebalancing() {
        ordered("resume");
    }

    @Override
    public List<ForcedChange> force(Set<NodeId> lost) {
        ordered("force " + lost);
        return wouldForce(lost);
    }

    @Override
    public List<ForcedChange> wouldForce(Set<NodeId> lost) {
        return List.of(new ForcedChange.Begun(0, List.of(asked().id), List.copyOf(lost), Duration.ofSeconds(9)));
    }

    @Override
    public void acceptClocksAhead(Duration ahead) {
        ordered("acceptClocksAhead " + ahead);
    }

    @Override
    public boolean dropOverruledCopy(int shard) {
        return ordered("dropOverruledCopy " + shard);
    }

    @Override
    public VersionsReport versions() {
        return asked().versions;
    }

    @Override
    public void steerVersions(VersionOrder order) {
        ordered("steerVersions " + order);
    }

    @Override
    public List<TypeShape> typeShapes() {
        return List.of(new TypeShape("account", 7, "values: Account\nevents\n"));
    }

    @Override
    public List<SettledShard> settle(List<Integer> shards, Duration patience) {
        return shards.stream()
                .map(shard -> new SettledShard(shard, true, 3, ""))
                .toList();
    }

    @Override
    public Extract extract(int shard, long least) {
        return new Extract(1, asked().id, shard, 3, 4);
    }

    @Override
    public ExtractPiece piece(long number, int section, int offset, Optional<Bytes> expected) {
        return new ExtractPiece(true, Bytes.of("digest"), 0, 0, 0, Bytes.EMPTY, Bytes.EMPTY);
    }

    @Override
    public Recording record(RecordingOrder order) {
        return recording(order.type());
    }

    @Override
    public RecordedPiece recorded(long number, int offset) {
        return new RecordedPiece(recording("account"), offset == 0 ? Bytes.of("line\n") : Bytes.EMPTY);
    }

    private Recording recording(String type) {
        return new Recording(1, asked().id, type, true, false, 3, 2, 1, 0, "", 5);
    }
}
