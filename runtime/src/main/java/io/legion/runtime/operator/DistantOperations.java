package io.legion.runtime.operator;

import io.legion.core.Bytes;
import io.legion.core.CodecException;
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
import io.legion.runtime.client.CallerContext;
import io.legion.runtime.host.InEngine;
import io.legion.spi.StoreIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What an operator asks of another node, by way of this one.
///
/// @param local those of this node
/// @param node the other one
record DistantOperations(NodeOperations local, CallerContext callers, NodeId node, Duration patience)
        implements Operations {
    /// How often to look whether the other node has left.
    private static final Duration LOOK = Duration.ofMillis(50);

    @Override
    public Operations at(NodeId other, Duration longest) {
        return local.at(other, longest);
    }

    @Override
    public StoreIdentity identity() {
        return ask(new Question.Identity(), Told.Identity.class).identity();
    }

    @Override
    public List<MemberReport> members() {
        return ask(new Question.Members(), Told.Members.class).members();
    }

    @Override
    public NodeReport report() {
        return ask(new Question.Report(), Told.Report.class).report();
    }

    @Override
    public List<PeerReport> peers() {
        return ask(new Question.Peers(), Told.Peers.class).peers();
    }

    @Override
    public List<ShardReport> shards(int from, int limit) {
        return ask(new Question.Shards(from, limit), Told.Shards.class).shards();
    }

    @Override
    public Optional<ShardReport> shard(int shard) {
        return ask(new Question.Shard(shard), Told.Shards.class).shards().stream()
                .findFirst();
    }

    @Override
    public PartitionPlace place(String type, PartitionKey key) {
        return ask(new Question.Place(type, key), Told.Place.class).place();
    }

    @Override
    public Optional<PartitionReport> partition(String type, PartitionKey key) {
        return ask(new Question.Partition(type, key), Told.Partition.class).partition();
    }

    @Override
    public KeyPage keys(String type, Bytes prefix, KeyPage.Bookmark from, int limit) {
        return ask(new Question.Keys(type, prefix, from, limit), Told.Keys.class)
                .page();
    }

    @Override
    public List<StoppedShard> stoppedShards() {
        return ask(new Question.StoppedShards(), Told.StoppedShards.class).shards();
    }

    @Override
    public boolean dropStoppedCopy(int shard) {
        return done(new Question.DropStoppedCopy(shard));
    }

    @Override
    public boolean leave(Duration longest) {
        return done(new Question.Leave()) || (!longest.isZero() && callers.waitUntil(longest, LOOK, this::hasLeft));
    }

    /// The node has taken in the order to leave, whether or not it can be asked again.
    private boolean hasLeft() {
        try {
            return done(new Question.Leave());
        } catch (UnreachableException later) {
            throw new UnreachableException(later.getMessage() + " It had taken in the order to leave before.");
        }
    }

    @Override
    public void eject(NodeId lost) {
        done(new Question.Eject(lost));
    }

    @Override
    public void pauseRebalancing() {
        done(new Question.PauseRebalancing());
    }

    @Override
    public void resumeRebalancing() {
        done(new Question.ResumeRebalancing());
    }

    @Override
    public List<ForcedChange> force(Set<NodeId> lost) {
        return ask(new Question.Force(lost), Told.Forced.class).changes();
    }

    @Override
    public List<ForcedChange> wouldForce(Set<NodeId> lost) {
        return ask(new Question.WouldForce(lost), Told.Forced.class).changes();
    }

    @Override
    public void acceptClocksAhead(Duration ahead) {
        done(new Question.AcceptClocksAhead(ahead));
    }

    @Override
    public List<OverruledCopy> overruledCopies() {
        return ask(new Question.OverruledCopies(), Told.OverruledCopies.class).copies();
    }

    @Override
    public boolean dropOverruledCopy(int shard) {
        return done(new Question.DropOverruledCopy(shard));
    }

    @Override
    public List<RequestId> lostRequests() {
        return ask(new Question.LostRequests(), Told.LostRequests.class).requests();
    }

    /// The same whoever searches.
    @Override
    public IndexPage index(String type, SearchTag from, int limit) {
        return local.index(type, from, limit);
    }

    @Override
    public Troubles troubles() {
        return ask(new Question.Troubles(), Told.Troubles.class).troubles();
    }

    @Override
    public VersionsReport versions() {
        return ask(new Question.Versions(), Told.Versions.class).versions();
    }

    @Override
    public void steerVersions(VersionOrder order) {
        done(new Question.SteerVersions(order));
    }

    @Override
    public List<TypeShape> typeShapes() {
        return ask(new Question.TypeShapes(), Told.TypeShapes.class).types();
    }

    @Override
    public List<SettledShard> settle(List<Integer> shards, Duration longest) {
        return ask(new Question.Settle(shards, longest), Told.Settled.class).shards();
    }

    @Override
    public Extract extract(int shard, long least) {
        return ask(new Question.Extract(shard, least), Told.Extracted.class).extract();
    }

    @Override
    public ExtractPiece piece(long number, int section, int offset, Optional<Bytes> expected) {
        return ask(new Question.Piece(number, section, offset, expected), Told.Piece.class)
                .piece();
    }

    @Override
    public Recording record(RecordingOrder order) {
        return ask(new Question.BeginRecording(order), Told.Recorded.class)
                .piece()
                .recording();
    }

    @Override
    public RecordedPiece recorded(long number, int offset) {
        return ask(new Question.Recorded(number, offset), Told.Recorded.class).piece();
    }

    private boolean done(Question order) {
        return ask(order, Told.Done.class).done();
    }

    private <T extends Told> T ask(Question question, Class<T> expected) {
        InEngine.requireOutside();
        var bytes = Bytes.wrap(Question.CODEC.encode(question));
        var answer = new AwaitedAnswer(callers.deadlineMillis(patience));
        callers.host().giveAway((asking, now) -> asking.consult(node, bytes, answer, now));
        return switch (read(answer.await(patience, asked()))) {
            case Told.NotBegun not -> throw UnreachableException.notAsked(asked() + not.why());
            case Told.NotTold not when not.misuse() -> throw new IllegalArgumentException(not.why());
            case Told.NotTold not -> throw new UnreachableException(asked() + not.why());
            case Told told when expected.isInstance(told) -> expected.cast(told);
            case Told _ -> throw foreign("another answer than that to the question");
        };
    }

    private Told read(Bytes answer) {
        try {
            return Told.CODEC.decode(answer.shared());
        } catch (CodecException unreadable) {
            throw foreign(unreadable.getMessage());
        }
    }

    private UnreachableException foreign(String what) {
        return new UnreachableException(asked() + "this node's release, " + Release.NAME + ", cannot read what it"
                + " answered (" + what + "). Ask that node itself, or bring all nodes to one release.");
    }

    private String asked() {
        return "The node " + node + " did not tell the node " + local.identity().node() + " what it was asked: ";
    }
}
