package io.legion.backup;

import io.legion.Legion;
import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.operations.Extract;
import io.legion.operations.ExtractPiece;
import io.legion.operations.MemberReport;
import io.legion.operations.Operations;
import io.legion.operations.SettledShard;
import io.legion.operations.ShardReport;
import io.legion.operations.UnreachableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/// A cluster, asked through one of its nodes.
public final class ClusterSource implements BackupSource {
    /// A disk that is busy gives a section late.
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Operations operations;

    private ClusterSource(Operations operations) {
        this.operations = operations;
    }

    /// The cluster of a node in this process.
    public static ClusterSource of(Legion legion) {
        return of(legion.operations());
    }

    /// The cluster of the node with these operations.
    public static ClusterSource of(Operations operations) {
        return new ClusterSource(operations);
    }

    @Override
    public ClusterFacts facts() {
        var identity = operations.identity();
        var looks = new ShardLooks(identity.shards());
        var asked = new TreeSet<NodeId>();
        var silent = new TreeSet<NodeId>();
        int saving = 0;
        var present = members(ClusterSource::isPresent);
        // Those that are gone are asked as well, in case that they are there; mostly they are not.
        for (var node : members(_ -> true)) {
            try {
                var there = at(node, LOOK);
                there.shards().forEach(report -> looks.add(node, report));
                saving += there.report().maySaveRequests() ? 1 : 0;
                asked.add(node);
            } catch (UnreachableException unanswered) {
                silent.add(node);
            }
        }
        silent.retainAll(present);
        return new ClusterFacts(
                identity.cluster().toString(),
                identity.clusterName(),
                operations.report().release(),
                identity.settings(),
                operations.typeShapes(),
                looks.all(),
                asked,
                silent,
                saving);
    }

    @Override
    public List<SettledShard> settle(List<Integer> shards, Duration patience) {
        return new ClusterSettling(this::at, this::participants).settle(shards, patience);
    }

    @Override
    public Extract extract(int shard, long least, int turn) {
        var reasons = new ArrayList<String>();
        var participants = new ArrayList<>(participants(shard));
        Collections.rotate(participants, -turn);
        for (var node : participants) {
            try {
                return at(node, PATIENCE).extract(shard, least);
            } catch (UnreachableException not) {
                reasons.add(String.valueOf(not.getMessage()));
            }
        }
        throw new UnreachableException("No node gives an extract of shard " + shard + ": "
                + (reasons.isEmpty() ? "none is known that takes part in it." : String.join(" ", reasons)));
    }

    @Override
    public ExtractPiece piece(Extract extract, int section, int offset, Optional<Bytes> expected) {
        return at(extract.node(), PATIENCE).piece(extract.number(), section, offset, expected);
    }

    private Operations at(NodeId node, Duration patience) {
        return operations.at(node, patience);
    }

    /// This node first.
    private SequencedSet<NodeId> members(Predicate<MemberReport> which) {
        var members = new LinkedHashSet<NodeId>();
        members.add(operations.identity().node());
        operations.members().stream().filter(which).forEach(member -> members.add(member.node()));
        return members;
    }

    private static boolean isPresent(MemberReport member) {
        return member.status() != MemberReport.Status.GONE;
    }

    /// Those that take part, the one first that serves; all members if nobody says.
    private SequencedSet<NodeId> participants(int shard) {
        var members = members(ClusterSource::isPresent);
        for (var node : members) {
            var known = participants(node, shard);
            if (!known.isEmpty()) {
                return known;
            }
        }
        return members;
    }

    private SequencedSet<NodeId> participants(NodeId node, int shard) {
        var known = new LinkedHashSet<NodeId>();
        try {
            at(node, LOOK)
                    .shard(shard)
                    .filter(report -> report.phase() == ShardReport.Phase.PARTICIPATING)
                    .ifPresent(report -> report.participants()
                            .forEach(participant -> known.add(participant.id().node())));
        } catch (UnreachableException unanswered) {
            // Another one may say.
        }
        return known;
    }
}
