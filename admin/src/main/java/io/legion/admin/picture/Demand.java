package io.legion.admin.picture;

import io.legion.core.NodeId;
import io.legion.core.PartitionKey;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which partitions the events of the last five to ten seconds were for, by the samples of all nodes that are known.
/// Reads are not sampled.
///
/// @param sampled how many events were sampled
/// @param busiest the partitions that got most of them, the busiest first
public record Demand(long sampled, List<BusyPlace> busiest) {
    /// One event of so many is sampled.
    public static final int EVERY = 64;

    private static final int MOST = 8;

    /// Fewer samples say nothing of single partitions.
    private static final long TELLING = 20;

    /// A node's table of samples may count a partition for up to 2 % that are not its own.
    private static final int LEAST_PERCENT = 5;

    /// As many sampled events are a load: some 5,000 a second.
    private static final long MANY = 500;

    /// Fewer say nothing, however long they take.
    private static final long ENOUGH = 50;

    /// A node in whose mailbox so many requests wait has a load, however few events it is.
    private static final int MANY_WAIT = 100;

    private record Place(String type, PartitionKey key, int shard) {}

    static Demand of(List<NodePicture> nodes, List<ShardPicture> shards) {
        var known = known(nodes);
        var counts = new HashMap<Place, Long>();
        long all = 0;
        for (var facts : known.values()) {
            var troubles = facts.troubles();
            all += troubles.sampled();
            troubles.busiest()
                    .forEach(busy ->
                            counts.merge(new Place(busy.type(), busy.key(), busy.shard()), busy.sampled(), Long::sum));
        }
        return new Demand(all, all < TELLING ? List.of() : busiest(known, shards, counts, all));
    }

    private static Map<NodeId, NodeFacts> known(List<NodePicture> nodes) {
        var known = new HashMap<NodeId, NodeFacts>();
        nodes.stream()
                .filter(NodePicture::isMember)
                .forEach(node -> node.facts().ifPresent(facts -> known.put(node.node(), facts)));
        return known;
    }

    private static List<BusyPlace> busiest(
            Map<NodeId, NodeFacts> known, List<ShardPicture> shards, Map<Place, Long> counts, long all) {
        return counts.entrySet().stream()
                .map(count -> busy(known, server(shards, count.getKey()), count.getKey(), count.getValue(), all))
                .filter(place -> place.percent() >= LEAST_PERCENT)
                .sorted(Comparator.comparingLong(BusyPlace::sampled).reversed().thenComparingInt(BusyPlace::shard))
                .limit(MOST)
                .toList();
    }

    private static BusyPlace busy(
            Map<NodeId, NodeFacts> known, Optional<NodeId> server, Place place, long count, long all) {
        boolean isMost = 2 * count > all;
        boolean hot = isMost && (all >= MANY || (all >= ENOUGH && isPressed(known, server)));
        int percent = (int) Math.min(100, 100 * count / all);
        return new BusyPlace(place.type, place.key, place.shard, server, count, percent, hot);
    }

    private static Optional<NodeId> server(List<ShardPicture> shards, Place place) {
        return shards.stream()
                .filter(shard -> shard.shard() == place.shard)
                .findFirst()
                .flatMap(ShardPicture::preferred);
    }

    private static boolean isPressed(Map<NodeId, NodeFacts> known, Optional<NodeId> server) {
        return server.map(known::get)
                .filter(facts -> facts.report().waiting() >= MANY_WAIT)
                .isPresent();
    }
}
