package io.legion.admin.picture;

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
import io.legion.operations.VersionOrder;
import io.legion.operations.VersionsReport;
import io.legion.recording.RecordedPiece;
import io.legion.recording.Recording;
import io.legion.recording.RecordingOrder;
import io.legion.spi.StoreIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// The operations of the node that asks, which keep nobody longer than the patience: a node that hangs in a
/// write to its store answers nothing, and would keep whoever asks it.
///
/// **Failure.** As another node: a call may throw [io.legion.operations.UnreachableException], and an order may
/// then be carried out all the same, once the node goes on.
///
/// @param own those of the node
/// @param questions what only the node has to answer
/// @param scans what may take long in a node that is well
/// @param patience how long each call waits
record PatientOperations(Operations own, BoundedCalls questions, BoundedCalls scans, Duration patience)
        implements Operations {
    /// A search has a time-out of its own, which is shorter as a rule.
    private static final Duration SEARCH = Duration.ofSeconds(15);

    /// A disk that is busy gives a section late.
    private static final Duration EXTRACT = Duration.ofSeconds(30);

    static PatientOperations of(Operations own, Duration patience) {
        var node = own.identity().node();
        return new PatientOperations(
                own,
                new BoundedCalls(
                        patience,
                        "The node " + node
                                + " does nothing: a write to its store may hang. Look at its disk and its log,"
                                + " and ask the admin service of another node."),
                new BoundedCalls(
                        patience,
                        "The node " + node + " is busy with another such question, which takes long: its store may be"
                                + " slow. Try again after a while."),
                patience);
    }

    private <T> T ask(Supplier<T> question) {
        return questions.call(patience, question);
    }

    private void order(Runnable order) {
        ask(() -> {
            order.run();
            return true;
        });
    }

    /// Another node has a patience anyway.
    @Override
    public Operations at(NodeId node, Duration longest) {
        var there = own.at(node, longest);
        return node.equals(identity().node()) ? new PatientOperations(there, questions, scans, longest) : there;
    }

    /// Nothing waits for it.
    @Override
    public StoreIdentity identity() {
        return own.identity();
    }

    @Override
    public List<MemberReport> members() {
        return ask(own::members);
    }

    @Override
    public NodeReport report() {
        return ask(own::report);
    }

    @Override
    public List<PeerReport> peers() {
        return ask(own::peers);
    }

    @Override
    public List<ShardReport> shards(int from, int limit) {
        return ask(() -> own.shards(from, limit));
    }

    @Override
    public Optional<ShardReport> shard(int shard) {
        return ask(() -> own.shard(shard));
    }

    @Override
    public PartitionPlace place(String type, PartitionKey key) {
        return ask(() -> own.place(type, key));
    }

    @Override
    public Optional<PartitionReport> partition(String type, PartitionKey key) {
        return scans.call(patience, () -> own.partition(type, key));
    }

    @Override
    public KeyPage keys(String type, Bytes prefix, KeyPage.Bookmark from, int limit) {
        return scans.call(patience, () -> own.keys(type, prefix, from, limit));
    }

    @Override
    public List<StoppedShard> stoppedShards() {
        return ask(own::stoppedShards);
    }

    @Override
    public boolean dropStoppedCopy(int shard) {
        return ask(() -> own.dropStoppedCopy(shard));
    }

    @Override
    public boolean leave(Duration longest) {
        return questions.call(patience.plus(longest), () -> own.leave(longest));
    }

    @Override
    public void eject(NodeId node) {
        order(() -> own.eject(node));
    }

    @Override
    public void pauseRebalancing() {
        order(own::pauseRebalancing);
    }

    @Override
    public void resumeRebalancing() {
        order(own::resumeRebalancing);
    }

    @Override
    public List<ForcedChange> force(Set<NodeId> lost) {
        return ask(() -> own.force(lost));
    }

    @Override
    public List<ForcedChange> wouldForce(Set<NodeId> lost) {
        return ask(() -> own.wouldForce(lost));
    }

    @Override
    public void acceptClocksAhead(Duration ahead) {
        order(() -> own.acceptClocksAhead(ahead));
    }

    @Override
    public List<OverruledCopy> overruledCopies() {
        return ask(own::overruledCopies);
    }

    @Override
    public boolean dropOverruledCopy(int shard) {
        return ask(() -> own.dropOverruledCopy(shard));
    }

    @Override
    public List<RequestId> lostRequests() {
        return ask(own::lostRequests);
    }

    @Override
    public IndexPage index(String type, SearchTag from, int limit) {
        return scans.call(SEARCH, () -> own.index(type, from, limit));
    }

    @Override
    public Troubles troubles() {
        return ask(own::troubles);
    }

    @Override
    public VersionsReport versions() {
        return ask(own::versions);
    }

    @Override
    public void steerVersions(VersionOrder order) {
        order(() -> own.steerVersions(order));
    }

    @Override
    public List<TypeShape> typeShapes() {
        return own.typeShapes();
    }

    @Override
    public List<SettledShard> settle(List<Integer> shards, Duration longest) {
        return scans.call(patience.plus(longest), () -> own.settle(shards, longest));
    }

    @Override
    public Extract extract(int shard, long least) {
        return scans.call(EXTRACT, () -> own.extract(shard, least));
    }

    @Override
    public ExtractPiece piece(long number, int section, int offset, Optional<Bytes> expected) {
        return scans.call(EXTRACT, () -> own.piece(number, section, offset, expected));
    }

    @Override
    public Recording record(RecordingOrder order) {
        return ask(() -> own.record(order));
    }

    @Override
    public RecordedPiece recorded(long number, int offset) {
        return ask(() -> own.recorded(number, offset));
    }
}
