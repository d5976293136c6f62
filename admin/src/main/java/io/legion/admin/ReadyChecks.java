package io.legion.admin;

import io.legion.admin.Health.Check;
import io.legion.core.NodeId;
import io.legion.operations.MemberReport;
import io.legion.operations.NodeReport;
import io.legion.operations.NodeReport.StoreReport;
import io.legion.operations.Operations;
import io.legion.operations.PeerReport;
import io.legion.operations.ShardReport;
import io.legion.operations.ShardReport.Phase;
import io.legion.operations.ShardReport.Silence;
import io.legion.operations.StoppedShard;
import io.legion.operations.VersionsReport.Unfit;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Whether a node should get requests, by what it says of itself. It judges by the shards that the node has a
/// copy of: in a cluster of more nodes than copies, others may have lost what this node has not.
///
/// @param caughtUp whether the node had caught up at an earlier look
record ReadyChecks(
        NodeReport report,
        List<MemberReport> members,
        Set<NodeId> reachable,
        List<ShardReport> shards,
        List<StoppedShard> stopped,
        Optional<Unfit> unfit,
        boolean caughtUp) {
    /// For so long after its start a node has the time to catch up. What it copies once it has, or later, is
    /// copied beside its work.
    private static final Duration START = Duration.ofMinutes(1);

    private static final int MOST_NAMED = 20;

    /// Asks a node.
    ///
    /// @param caughtUp whether it had caught up at an earlier look
    static ReadyChecks of(Operations operations, boolean caughtUp) {
        return new ReadyChecks(
                operations.report(),
                operations.members(),
                reachable(operations),
                operations.shards(),
                operations.stoppedShards(),
                operations.versions().unfit(),
                caughtUp);
    }

    /// The nodes to which there is a way, the node itself among them.
    static Set<NodeId> reachable(Operations operations) {
        var reachable = new HashSet<NodeId>();
        reachable.add(operations.identity().node());
        operations.peers().stream()
                .filter(PeerReport::reachable)
                .map(PeerReport::node)
                .forEach(reachable::add);
        return reachable;
    }

    List<Check> all() {
        return List.of(
                new Check("membership", membership()),
                new Check("store", store()),
                new Check("clock", clock()),
                new Check("stopped", stoppedHere()),
                new Check("oldCopy", oldCopies()),
                new Check("start", start()),
                new Check("returning", returning()),
                new Check("majority", withoutMajority()));
    }

    private List<String> membership() {
        if (unfit.isPresent()) {
            return List.of(
                    "The node is kept out for its release: " + unfit.get().why());
        }
        return members.stream()
                .filter(member -> member.node().equals(report.node()))
                .flatMap(self -> switch (self.status()) {
                    case JOINING -> Stream.of("The node is joining its cluster.");
                    case LEAVING -> Stream.of("The node hands its shards over and leaves the cluster.");
                    case GONE -> Stream.of("The node has left the cluster: empty its store before it starts again.");
                    case UP -> Stream.of();
                })
                .toList();
    }

    private List<String> store() {
        var store = report.store();
        return store.state() == StoreReport.State.OK
                ? List.of()
                : List.of("The store takes no changes (" + store.state() + "): " + store.why());
    }

    private List<String> clock() {
        return shards.stream()
                .flatMap(shard -> shard.silence().stream())
                .filter(silence -> silence.kind() == Silence.Kind.CLOCK)
                .findFirst()
                .map(silence -> List.of("The clock of this machine is wrong, so the node accepts no requests for now: "
                        + silence.why()))
                .orElse(List.of());
    }

    /// One sentence for each reason: a store that fails stops many shards at once. [#membership] tells of an unfit
    /// release.
    private List<String> stoppedHere() {
        if (unfit.isPresent()) {
            return List.of();
        }
        Map<String, TreeSet<Integer>> byReason = stopped.stream()
                .filter(shard -> shard.node().equals(report.node()))
                .collect(Collectors.groupingBy(
                        StoppedShard::reason,
                        TreeMap::new,
                        Collectors.mapping(StoppedShard::shard, Collectors.toCollection(TreeSet::new))));
        return byReason.entrySet().stream()
                .map(reason -> "The shards " + named(reason.getValue()) + " have stopped here: " + reason.getKey())
                .toList();
    }

    private List<String> oldCopies() {
        return naming(
                shard -> shard.phase() == Phase.OLD_COPY,
                "The store is an old copy: start the node again, and it joins anew. It serves nothing of the shards ");
    }

    /// True if it has all that it needs, or had it before.
    boolean hasCaughtUp() {
        return caughtUp || !(hasNoShard() || shards.stream().anyMatch(ReadyChecks::catchesUp));
    }

    private boolean hasNoShard() {
        return members.size() > 1 && shards.stream().noneMatch(ReadyChecks::takesPart);
    }

    private static boolean catchesUp(ShardReport shard) {
        return isCopied(shard) || shard.returning();
    }

    private static boolean isCopied(ShardReport shard) {
        return shard.phase() == Phase.COPYING;
    }

    private List<String> start() {
        if (caughtUp || report.uptime().compareTo(START) >= 0) {
            return List.of();
        }
        return hasNoShard()
                ? List.of("The node has started a moment ago, and takes part in no shard yet.")
                : naming(ReadyChecks::isCopied, "The node has started a moment ago, and copies the shards ");
    }

    /// However long that takes: until then nothing is answered there.
    private List<String> returning() {
        return naming(ShardReport::returning, "The node is back, and waits for what the others know of the shards ");
    }

    private static boolean takesPart(ShardReport shard) {
        return shard.phase() == Phase.PARTICIPATING;
    }

    private List<String> withoutMajority() {
        return naming(
                shard -> takesPart(shard) && !hasMajority(shard),
                "No majority of the copies can be reached, so nothing is durable or final in the shards ");
    }

    private boolean hasMajority(ShardReport shard) {
        long there = shard.participants().stream()
                .filter(participant -> reachable.contains(participant.id().node()))
                .count();
        return 2 * there > shard.participants().size();
    }

    private List<String> naming(Predicate<ShardReport> concerned, String what) {
        var numbers = shards.stream().filter(concerned).map(ShardReport::shard).toList();
        return numbers.isEmpty() ? List.of() : List.of(what + named(numbers) + ".");
    }

    private static String named(Collection<Integer> shards) {
        var first = shards.stream().limit(MOST_NAMED).map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
        return shards.size() > MOST_NAMED ? first + " and " + (shards.size() - MOST_NAMED) + " more" : first;
    }
}
