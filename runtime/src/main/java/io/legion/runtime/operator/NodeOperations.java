package io.legion.runtime.operator;

import io.legion.Search;
import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.RequestId;
import io.legion.core.SearchTag;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.PartitionTypes;
import io.legion.core.shard.ReplicaStatus;
import io.legion.core.shard.Shards;
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
import io.legion.runtime.client.CallerContext;
import io.legion.runtime.client.LocalPartitions;
import io.legion.runtime.extract.Extracts;
import io.legion.runtime.host.InEngine;
import io.legion.runtime.host.Node;
import io.legion.runtime.host.NodeView;
import io.legion.runtime.recording.FoldRecorder;
import io.legion.runtime.storage.KeyScan;
import io.legion.spi.Cluster;
import io.legion.spi.Store;
import io.legion.spi.StoreIdentity;
import io.legion.spi.TypeDescription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;

/// What an operator asks of a running node.
///
/// @param store of the node, for what takes long to read
/// @param cluster of the node, for whom it keeps out
/// @param extracts those that the node has open
/// @param recorder of the node
/// @param started when the node was opened
public record NodeOperations(
        StoreIdentity identity,
        PartitionTypes types,
        CallerContext callers,
        Store store,
        Cluster cluster,
        Extracts extracts,
        FoldRecorder recorder,
        Instant started)
        implements Operations {
    private static final Duration LONGEST_AHEAD = Duration.ofDays(365);
    private static final Duration LONGEST_PATIENCE = Duration.ofDays(1);

    /// How many shards one look at the node goes through, at most.
    private static final int SHARDS_OF_A_LOOK = 256;

    @Override
    public Operations at(NodeId node, Duration patience) {
        if (!patience.isPositive() || patience.compareTo(LONGEST_PATIENCE) > 0) {
            throw new IllegalArgumentException("another node can be given more than 0 and at most "
                    + LONGEST_PATIENCE.toHours() + " hours for an answer, not " + patience);
        }
        return node.equals(identity.node()) ? this : new DistantOperations(this, callers, node, patience);
    }

    @Override
    public List<MemberReport> members() {
        return callers.host().ask(NodeView::members).all().stream()
                .map(member -> Reports.of(member, cluster.address(member.node())))
                .toList();
    }

    @Override
    public NodeReport report() {
        var tally = new NodeTally();
        eachShard(0, tally::add);
        var look = callers.host().ask(NodeLook::at);
        var memory = Runtime.getRuntime();
        return new NodeReport(
                identity.node(),
                Release.NAME,
                Runtime.version().toString(),
                started,
                callers.uptime(),
                tally.clockOffset(),
                Optional.ofNullable(tally.silence).map(Reports::of),
                tally.serving,
                tally.hosted,
                tally.outstanding,
                callers.host().depth(),
                look.replicas(),
                look.rebalancingPaused(),
                look.store(),
                memory.totalMemory() - memory.freeMemory(),
                memory.maxMemory(),
                look.lostRequests(),
                look.maySaveRequests(),
                types.all().stream()
                        .map(type -> new NodeReport.TypeReport(type.name(), type.isIndexed()))
                        .sorted(Comparator.comparing(NodeReport.TypeReport::name))
                        .toList(),
                callers.load(look.refusedOfOthers()));
    }

    /// Goes through the shards of the cluster from this one on, in several looks.
    private void eachShard(int from, ObjIntConsumer<NodeView> action) {
        for (int begin = from; begin < identity.shards(); begin += SHARDS_OF_A_LOOK) {
            int first = begin;
            int end = Math.min(identity.shards(), begin + SHARDS_OF_A_LOOK);
            callers.host().ask(node -> {
                for (int shard = first; shard < end; shard++) {
                    action.accept(node, shard);
                }
                return true;
            });
        }
    }

    @Override
    public List<PeerReport> peers() {
        return callers.host().ask(node -> Reports.peers(identity.node(), node));
    }

    @Override
    public List<ShardReport> shards(int from, int limit) {
        requirePage(limit);
        var reports = new ArrayList<ShardReport>();
        for (int next = Math.max(0, from); next < identity.shards() && reports.size() < limit; ) {
            int first = next;
            next = callers.host().ask(node -> add(node, first, limit, reports));
        }
        return List.copyOf(reports);
    }

    /// @return the shard at which to go on
    private int add(NodeView node, int first, int limit, List<ShardReport> reports) {
        int shard = first;
        int end = Math.min(identity.shards(), first + SHARDS_OF_A_LOOK);
        for (; shard < end && reports.size() < limit; shard++) {
            Reports.of(node, shard).ifPresent(reports::add);
        }
        return shard;
    }

    @Override
    public Optional<ShardReport> shard(int shard) {
        requireShard(shard);
        return callers.host().ask(node -> Reports.of(node, shard));
    }

    @Override
    public PartitionPlace place(String type, PartitionKey key) {
        int shard = Shards.of(new PartitionAddress(type(type).id(), key), identity.shards());
        return new PartitionPlace(shard, callers.host().ask(node -> node.participants(shard)));
    }

    @Override
    public Optional<PartitionReport> partition(String name, PartitionKey key) {
        PartitionType<?> type = type(name);
        var address = new PartitionAddress(type.id(), key);
        int shard = Shards.of(address, identity.shards());
        return callers.host()
                .ask(node -> node.look(shard, address, PartitionReport.MOST_OUTSTANDING))
                .map(look -> PartitionReports.of(type, key, shard, look));
    }

    @Override
    public KeyPage keys(String type, Bytes prefix, KeyPage.Bookmark from, int limit) {
        InEngine.requireOutside();
        requirePage(limit);
        if (prefix.size() > PartitionKey.MAX_BYTES) {
            throw new IllegalArgumentException("the beginning of a key has at most " + PartitionKey.MAX_BYTES
                    + " bytes, this one has " + prefix.size());
        }
        int id = type(type).id();
        var served = new TreeSet<Integer>();
        eachShard(Math.max(0, from.shard()), (node, shard) -> {
            if (node.isPreferred(shard) && takesPart(node, shard)) {
                served.add(shard);
            }
        });
        return KeyScan.page(store, served, id, prefix, from, limit);
    }

    private static boolean takesPart(NodeView node, int shard) {
        return node.status(shard)
                .filter(status -> status.phase() == ReplicaStatus.Phase.PARTICIPATING)
                .isPresent();
    }

    private PartitionType<?> type(String name) {
        return types.all().stream()
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("this Legion was not opened with a partition type named '"
                                + name + "', but with "
                                + types.all().stream()
                                        .map(PartitionType::name)
                                        .sorted()
                                        .toList()));
    }

    private void requireShard(int shard) {
        if (shard < 0 || shard >= identity.shards()) {
            throw new IllegalArgumentException(
                    "the shards of this cluster are 0 to " + (identity.shards() - 1) + ", and none is " + shard);
        }
    }

    private static void requirePage(int limit) {
        if (limit < 1 || limit > MOST_OF_A_PAGE) {
            throw new IllegalArgumentException(
                    "a page has from 1 to " + MOST_OF_A_PAGE + " shards or keys, not " + limit);
        }
    }

    @Override
    public List<StoppedShard> stoppedShards() {
        return callers.host().ask(node -> Reports.stopped(identity.node(), node));
    }

    @Override
    public boolean dropStoppedCopy(int shard) {
        requireShard(shard);
        return callers.host().change((node, now) -> node.dropStoppedCopy(shard, now));
    }

    @Override
    public boolean leave(Duration patience) {
        callers.host().withNode(Node::leave);
        return callers.waitUntil(patience, () -> callers.host().ask(NodeView::hasLeft));
    }

    @Override
    public void eject(NodeId node) {
        if (node.equals(identity.node())) {
            throw new IllegalArgumentException("this node cannot eject itself: let it leave");
        }
        callers.host().withNode((ejecting, now) -> ejecting.eject(node, now));
    }

    @Override
    public void pauseRebalancing() {
        callers.host().withNode((node, _) -> node.pauseRebalancing(true));
    }

    @Override
    public void resumeRebalancing() {
        callers.host().withNode((node, _) -> node.pauseRebalancing(false));
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
    public List<ForcedChange> wouldForce(Set<NodeId> lost) {
        return callers.host().ask(node -> node.wouldForce(lost));
    }

    @Override
    public List<OverruledCopy> overruledCopies() {
        return OverruledCopies.of(callers.host().ask(NodeView::overruled), types);
    }

    @Override
    public boolean dropOverruledCopy(int shard) {
        requireShard(shard);
        return callers.host().change((node, now) -> node.dropOverruledCopy(shard, now));
    }

    @Override
    public List<RequestId> lostRequests() {
        return callers.host().ask(NodeView::lostRequests);
    }

    @Override
    public IndexPage index(String name, SearchTag from, int limit) {
        requirePage(limit);
        var page = new LocalPartitions<>(type(name), callers, identity.cluster())
                .search(new Search(from, Optional.empty(), limit));
        return new IndexPage(page.records(), page.next().map(SearchTag::parse));
    }

    @Override
    public Troubles troubles() {
        var keptOut = cluster.keptOut().stream()
                .map(one -> new Troubles.KeptOut(one.certificate(), one.why(), one.count(), one.ago()))
                .toList();
        return callers.troubles(keptOut);
    }

    @Override
    public VersionsReport versions() {
        return callers.host().ask(node -> new VersionReports(node, identity.shards()).report(types));
    }

    @Override
    public void steerVersions(VersionOrder order) {
        callers.host()
                .withNode((node, _) -> node.steerVersions(versioning -> {
                    switch (order) {
                        case HOLD -> versioning.hold();
                        case RELEASE -> versioning.release();
                        case RAISE -> versioning.order();
                    }
                }));
    }

    @Override
    public List<TypeShape> typeShapes() {
        var active = versions().types().stream()
                .collect(Collectors.toMap(VersionsReport.OfType::type, VersionsReport.OfType::most));
        return types.all().stream()
                .map(type -> new TypeShape(
                        type.name(), type.id(), TypeDescription.of(type), active.getOrDefault(type.name(), 0)))
                .sorted(Comparator.comparing(TypeShape::name))
                .toList();
    }

    @Override
    public List<SettledShard> settle(List<Integer> shards, Duration patience) {
        InEngine.requireOutside();
        if (shards.size() > MOST_OF_A_PAGE) {
            throw new IllegalArgumentException(
                    "at most " + MOST_OF_A_PAGE + " shards can be settled at once, not " + shards.size());
        }
        shards.forEach(this::requireShard);
        return types.all().isEmpty()
                ? List.of()
                : new Settling(callers, types.all().getFirst(), identity.shards()).settle(shards, patience);
    }

    @Override
    public Extract extract(int shard, long least) {
        InEngine.requireOutside();
        requireShard(shard);
        return extracts.open(shard, least);
    }

    @Override
    public ExtractPiece piece(long number, int section, int offset, Optional<Bytes> expected) {
        InEngine.requireOutside();
        return extracts.piece(number, section, offset, expected);
    }

    @Override
    public Recording record(RecordingOrder order) {
        return recorder.begin(type(order.type()), order);
    }

    @Override
    public RecordedPiece recorded(long number, int offset) {
        return recorder.piece(number, offset);
    }
}
