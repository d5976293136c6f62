package io.legion.runtime.operator;

import io.legion.core.NodeId;
import io.legion.core.placement.Member;
import io.legion.core.placement.StoppedCopies;
import io.legion.core.primitive.Epoch;
import io.legion.core.shard.ReplicaProgress;
import io.legion.core.shard.ReplicaStatus;
import io.legion.core.shard.Silence;
import io.legion.operations.MemberReport;
import io.legion.operations.NodeReport;
import io.legion.operations.PeerReport;
import io.legion.operations.ShardReport;
import io.legion.operations.StoppedShard;
import io.legion.runtime.host.NodeView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// The engine's values as an operator reads them.
final class Reports {
    private Reports() {}

    /// @param address where the cluster service knows it to be
    static MemberReport of(Member member, Optional<String> address) {
        var status = switch (member.status()) {
            case JOINING -> MemberReport.Status.JOINING;
            case UP -> MemberReport.Status.UP;
            case LEAVING -> MemberReport.Status.LEAVING;
            case GONE -> MemberReport.Status.GONE;
        };
        return new MemberReport(
                member.node(), status, member.weight(), member.zone(), address.orElse(member.address()));
    }

    /// A shard's replica, or empty if it does not run on the node.
    static Optional<ShardReport> of(NodeView node, int shard) {
        return node.status(shard)
                .flatMap(status -> node.progress(shard).map(progress -> of(node, shard, status, progress)));
    }

    private static ShardReport of(NodeView node, int shard, ReplicaStatus status, ReplicaProgress progress) {
        return new ShardReport(
                shard,
                phase(status.phase()),
                Epoch.number(status.epoch()),
                Epoch.count(status.epoch()),
                participants(status, node.preferred(shard, status.participants())),
                status.frozen(),
                status.returning() || !status.fresh(),
                status.outstanding(),
                status.folded(),
                status.saved(),
                status.historyHash(),
                status.salvage().stream().limit(ShardReport.MOST_SALVAGE).toList(),
                Math.max(0, status.salvage().size() - ShardReport.MOST_SALVAGE),
                remembered(status.remembered()),
                Duration.ofMillis(status.historyAheadMillis()),
                Optional.ofNullable(status.silence()).map(Reports::of),
                Optional.ofNullable(progress.fold()).map(Reports::of),
                Optional.ofNullable(progress.copiedBytes()));
    }

    private static ShardReport.FoldWait of(ReplicaProgress.Fold fold) {
        return new ShardReport.FoldWait(fold.awaited(), Duration.ofMillis(fold.sinceMillis()));
    }

    static ShardReport.Silence of(Silence silence) {
        var kind = switch (silence.kind()) {
            case CLOCK -> ShardReport.Silence.Kind.CLOCK;
            case REMOVAL -> ShardReport.Silence.Kind.REMOVAL;
        };
        return new ShardReport.Silence(kind, silence.why(), Duration.ofMillis(silence.atMostMillis()));
    }

    private static ShardReport.RequestMemory remembered(ReplicaStatus.Remembered remembered) {
        return new ShardReport.RequestMemory(
                remembered.bytes(),
                remembered.bound(),
                Duration.ofMillis(remembered.reachMillis()),
                remembered.early());
    }

    private static ShardReport.Phase phase(ReplicaStatus.Phase phase) {
        return switch (phase) {
            case COPYING -> ShardReport.Phase.COPYING;
            case PARTICIPATING -> ShardReport.Phase.PARTICIPATING;
            case REMOVED -> ShardReport.Phase.REMOVED;
            case GONE -> ShardReport.Phase.GONE;
            case DIVERGED -> ShardReport.Phase.DIVERGED;
            case OVERRULED -> ShardReport.Phase.OVERRULED;
            case OLD_COPY -> ShardReport.Phase.OLD_COPY;
        };
    }

    private static List<ShardReport.Participant> participants(ReplicaStatus status, List<NodeId> preferred) {
        var all = new ArrayList<ShardReport.Participant>();
        for (int i = 0; i < status.participants().size(); i++) {
            var id = status.participants().get(i);
            var silent = Duration.ofMillis(status.silentMillis().get(i));
            all.add(new ShardReport.Participant(id, silent, status.entered().contains(id)));
        }
        all.sort(Comparator.comparingInt(
                participant -> preferred.indexOf(participant.id().node())));
        return List.copyOf(all);
    }

    /// How the store of a node is.
    static NodeReport.StoreReport store(NodeView node) {
        if (!node.storeFailed().isEmpty()) {
            var state =
                    node.storeDamaged() ? NodeReport.StoreReport.State.DAMAGED : NodeReport.StoreReport.State.FAILED;
            return new NodeReport.StoreReport(state, node.storeFailed());
        }
        return node.storeFull().isEmpty()
                ? new NodeReport.StoreReport(NodeReport.StoreReport.State.OK, node.storeWarning())
                : new NodeReport.StoreReport(NodeReport.StoreReport.State.FULL, node.storeFull());
    }

    /// The members that are not gone, as a node sees them, without itself.
    static List<PeerReport> peers(NodeId self, NodeView node) {
        return node.members().all().stream()
                .filter(member -> member.status() != Member.Status.GONE)
                .map(Member::node)
                .filter(other -> !other.equals(self))
                .map(other -> new PeerReport(
                        other,
                        node.isReachable(other),
                        Optional.ofNullable(node.silentMillis(other)).map(Duration::ofMillis)))
                .toList();
    }

    /// What has stopped on this node, and on those that it hears of.
    static List<StoppedShard> stopped(NodeId self, NodeView node) {
        var all = new ArrayList<StoppedShard>();
        add(all, self, node.stopped());
        for (NodeId other : node.stoppedElsewhere().nodes()) {
            add(all, other, node.stoppedElsewhere().on(other));
        }
        return List.copyOf(all);
    }

    private static void add(List<StoppedShard> all, NodeId node, SortedMap<Integer, StoppedCopies.Stopped> stopped) {
        stopped.forEach((shard, copy) -> all.add(new StoppedShard(
                node,
                shard,
                kind(copy.kind()),
                copy.reason(),
                copy.kept() && copy.kind() != StoppedCopies.Kind.RELEASE)));
    }

    private static StoppedShard.Kind kind(StoppedCopies.Kind kind) {
        return switch (kind) {
            case STORE_FULL -> StoppedShard.Kind.STORE_FULL;
            case STORE_FAILED -> StoppedShard.Kind.STORE_FAILED;
            case UNREADABLE -> StoppedShard.Kind.UNREADABLE;
            case DIVERGED -> StoppedShard.Kind.DIVERGED;
            case OTHER -> StoppedShard.Kind.OTHER;
            case RELEASE -> StoppedShard.Kind.RELEASE;
        };
    }
}
