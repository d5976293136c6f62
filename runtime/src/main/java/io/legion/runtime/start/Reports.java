package io.legion.runtime.start;

import io.legion.core.NodeId;
import io.legion.core.PartitionType;
import io.legion.core.placement.Member;
import io.legion.core.placement.StoppedCopies;
import io.legion.core.shard.Overruled;
import io.legion.core.shard.PartitionTypes;
import io.legion.core.shard.ReplicaStatus;
import io.legion.core.shard.Silence;
import io.legion.core.shard.Unfound;
import io.legion.operations.LostEvent;
import io.legion.operations.MemberReport;
import io.legion.operations.OverruledCopy;
import io.legion.operations.ShardReport;
import io.legion.operations.StoppedShard;
import io.legion.runtime.host.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// The engine's values as an operator reads them.
final class Reports {
    private Reports() {}

    static MemberReport of(Member member) {
        var status = switch (member.status()) {
            case JOINING -> MemberReport.Status.JOINING;
            case UP -> MemberReport.Status.UP;
            case LEAVING -> MemberReport.Status.LEAVING;
            case GONE -> MemberReport.Status.GONE;
        };
        return new MemberReport(member.node(), status, member.weight(), member.zone(), member.address());
    }

    static ShardReport of(int shard, ReplicaStatus status) {
        return new ShardReport(
                shard,
                phase(status.phase()),
                status.epoch(),
                participants(status),
                status.frozen(),
                status.returning() || !status.fresh(),
                status.outstanding(),
                status.folded(),
                status.saved(),
                status.historyHash(),
                status.salvage(),
                remembered(status.remembered()),
                Duration.ofMillis(status.historyAheadMillis()),
                Optional.ofNullable(status.silence()).map(Reports::of));
    }

    private static ShardReport.Silence of(Silence silence) {
        return new ShardReport.Silence(silence.why(), Duration.ofMillis(silence.atMostMillis()));
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

    private static List<ShardReport.Participant> participants(ReplicaStatus status) {
        var all = new ArrayList<ShardReport.Participant>();
        for (int i = 0; i < status.participants().size(); i++) {
            var id = status.participants().get(i);
            var silent = Duration.ofMillis(status.silentMillis().get(i));
            all.add(new ShardReport.Participant(id, silent, status.entered().contains(id)));
        }
        return List.copyOf(all);
    }

    /// What has stopped on this node, and on those that it hears of.
    static List<StoppedShard> stopped(NodeId self, Node node) {
        var all = new ArrayList<StoppedShard>();
        add(all, self, node.stopped());
        for (NodeId other : node.stoppedElsewhere().nodes()) {
            add(all, other, node.stoppedElsewhere().on(other));
        }
        return List.copyOf(all);
    }

    private static void add(List<StoppedShard> all, NodeId node, SortedMap<Integer, StoppedCopies.Stopped> stopped) {
        stopped.forEach((shard, copy) -> all.add(new StoppedShard(node, shard, copy.reason(), copy.kept())));
    }

    static OverruledCopy of(int shard, Overruled overruled, PartitionTypes types) {
        var lost = overruled.unfound().stream()
                .map(unfound -> lost(unfound, types))
                .toList();
        return new OverruledCopy(shard, overruled.complete(), lost, overruled.more());
    }

    private static LostEvent lost(Unfound unfound, PartitionTypes types) {
        var address = unfound.address();
        return new LostEvent(
                unfound.request(),
                unfound.event(),
                Optional.ofNullable(types.find(address.type())).map(PartitionType::name),
                address.key(),
                unfound.folded());
    }
}
