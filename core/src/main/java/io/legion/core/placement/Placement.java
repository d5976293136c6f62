package io.legion.core.placement;

import io.legion.core.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// R60: chooses the wished-for participants of a shard, a pure function of the shard and the members.
///
/// Weighted rendezvous hashing (Thaler and Ravishankar, 1998; the weights by Schindelhauer and Schomaker,
/// 2005): each member draws a score for the shard, and the best scores win. When a member comes or goes, only
/// the shards that it wins or had won change.
public final class Placement {
    private record Scored(Member member, double score) {}

    private Placement() {}

    /// The wished-for participants of a shard, the best first. They come from different zones as far as there
    /// are enough zones; the others follow by their scores.
    ///
    /// @param members the members to choose from; those of weight 0 are never chosen
    /// @param replicas how many to choose, if there are enough
    public static List<NodeId> wished(int shard, Collection<Member> members, int replicas) {
        var ranked = new ArrayList<>(ranked(shard, members));
        var chosen = new ArrayList<NodeId>();
        while (chosen.size() < replicas && !ranked.isEmpty()) {
            var zones = new TreeSet<String>();
            var left = new ArrayList<Member>();
            for (Member member : ranked) {
                boolean fresh = member.zone().isEmpty() || zones.add(member.zone());
                if (fresh && chosen.size() < replicas) {
                    chosen.add(member.node());
                } else {
                    left.add(member);
                }
            }
            ranked = left;
        }
        return List.copyOf(chosen);
    }

    /// The members by their scores for a shard, the best first, without those of weight 0.
    public static List<Member> ranked(int shard, Collection<Member> members) {
        return members.stream()
                .filter(member -> member.weight() > 0)
                .map(member -> new Scored(member, score(shard, member.node(), member.weight())))
                .sorted(Comparator.comparingDouble(Scored::score)
                        .reversed()
                        .thenComparing(scored -> scored.member().node()))
                .map(Scored::member)
                .toList();
    }

    /// A node's score for a shard: the inverse of an exponentially distributed number with the weight as rate.
    static double score(int shard, NodeId node, double weight) {
        long hash = mix(mix(node.value() + 0x9e3779b97f4a7c15L) ^ mix(shard + 0x632be59bd9b4e019L));
        double uniform = ((hash >>> 11) + 0.5) * 0x1p-53;
        // StrictMath: every node must come to the same score, bit by bit.
        return weight / -StrictMath.log(uniform);
    }

    /// The 64-bit finisher of SplitMix64 (Steele and others, 2014).
    private static long mix(long h) {
        long x = (h ^ (h >>> 30)) * 0xbf58476d1ce4e5b9L;
        x = (x ^ (x >>> 27)) * 0x94d049bb133111ebL;
        return x ^ (x >>> 31);
    }
}
