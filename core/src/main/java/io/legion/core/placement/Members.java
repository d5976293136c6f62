package io.legion.core.placement;

import io.legion.core.NodeId;
import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// R61: the list of members, a lattice. Merging is idempotent, commutative and associative, so nodes that hear
/// of the same members, in whatever order and however often, have equal lists. A wrong list can cause a
/// needless change of a shard's participants, never a wrong history.
///
/// Immutable.
public final class Members {
    /// Nobody.
    public static final Members NONE = new Members(new TreeMap<>());

    private final SortedMap<NodeId, Member> byNode;

    private Members(SortedMap<NodeId, Member> byNode) {
        this.byNode = byNode;
    }

    /// The list of these members.
    public static Members of(Collection<Member> members) {
        Members all = NONE;
        for (Member member : members) {
            all = all.with(member);
        }
        return all;
    }

    /// This list, merged with what is known of one member.
    public Members with(Member member) {
        Member known = byNode.get(member.node());
        Member merged = known == null ? member : known.merge(member);
        if (merged.equals(known)) {
            return this;
        }
        SortedMap<NodeId, Member> next = new TreeMap<>(byNode);
        next.put(member.node(), merged);
        return new Members(next);
    }

    /// Both lists merged. The same object as this one if the other says nothing new.
    public Members merge(Members other) {
        Members all = this;
        for (Member member : other.byNode.values()) {
            all = all.with(member);
        }
        return all;
    }

    /// What is known of a node, or null if nothing is.
    public @Nullable Member find(NodeId node) {
        return byNode.get(node);
    }

    /// True if the node is known to have this status.
    public boolean is(NodeId node, Member.Status status) {
        Member member = byNode.get(node);
        return member != null && member.status() == status;
    }

    /// All known members, also those that are gone, in the order of their ids.
    public List<Member> all() {
        return List.copyOf(byNode.values());
    }

    /// The members with this status, in the order of their ids.
    public List<Member> with(Member.Status status) {
        return byNode.values().stream()
                .filter(member -> member.status() == status)
                .toList();
    }

    /// Appends the list.
    public void write(WireOutput out) {
        out.varLong(byNode.size());
        byNode.values().forEach(member -> member.write(out));
    }

    /// Reads a list.
    ///
    /// @throws io.legion.core.CodecException if the bytes are not one
    public static Members read(WireInput in) {
        Members all = NONE;
        for (int left = in.count(1); left > 0; left--) {
            all = all.with(Member.read(in));
        }
        return all;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Members that && byNode.equals(that.byNode);
    }

    @Override
    public int hashCode() {
        return byNode.hashCode();
    }

    @Override
    public String toString() {
        return byNode.values().toString();
    }
}
