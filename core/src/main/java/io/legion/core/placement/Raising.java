package io.legion.core.placement;

import io.legion.core.NodeId;
import io.legion.core.shard.Raise;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// R87: which versions may become active, by what the members say of their releases. All members count that are not
/// dead: so a version is active in all shards, or becomes so, and not in those alone whose nodes were brought up first.
public final class Raising {
    private final List<Member> members;

    /// @param isDead those that the others do not wait for
    public Raising(Members members, Predicate<NodeId> isDead) {
        this.members = members.all().stream()
                .filter(member -> member.status() != Member.Status.GONE && !isDead.test(member.node()))
                .toList();
    }

    /// The versions that may become active in a shard now.
    ///
    /// @param active the active version of each type by its number; 0 of one that the shard does not have yet
    public List<Raise> due(SortedMap<Integer, Integer> active) {
        return active.entrySet().stream().flatMap(this::due).toList();
    }

    private Stream<Raise> due(Map.Entry<Integer, Integer> active) {
        int version = target(active.getKey());
        boolean all = members.stream().allMatch(member -> member.release().runs(active.getKey(), version));
        return version > active.getValue() && all ? Stream.of(new Raise(active.getKey(), version)) : Stream.empty();
    }

    /// The newest version that all have, or, if one holds, that an operator has ordered.
    private int target(int type) {
        int common = members.stream()
                .mapToInt(member -> member.release().type(type).newest())
                .min()
                .orElse(0);
        int ordered = members.stream()
                .mapToInt(member -> member.release().type(type).ordered())
                .max()
                .orElse(0);
        return holding().isEmpty() ? common : Math.min(common, ordered);
    }

    /// The nodes that hold all versions.
    public List<NodeId> holding() {
        return members.stream()
                .filter(member -> member.release().holds())
                .map(Member::node)
                .toList();
    }

    /// The nodes whose release does not run a version of a type, or of which nothing is known.
    public List<NodeId> lacking(int type, int version) {
        return members.stream()
                .filter(member -> !member.release().runs(type, version))
                .map(Member::node)
                .toList();
    }
}
