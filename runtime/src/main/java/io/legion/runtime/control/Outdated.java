package io.legion.runtime.control;

import io.legion.core.PartitionType;
import io.legion.core.placement.Member;
import io.legion.core.placement.Members;
import io.legion.core.placement.NodeRelease;
import io.legion.core.shard.PartitionTypes;
import io.legion.operations.VersionsReport.Unfit;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// R87: why this node's release cannot take part in a cluster, by the versions that are active there.
final class Outdated {
    /// What a member says of a type.
    private record Told(Member member, NodeRelease.OfType type) {}

    private final PartitionTypes types;

    Outdated(PartitionTypes types) {
        this.types = types;
    }

    /// Why a node with these types has to stay out; empty if it runs all versions that are active. Of each type the
    /// highest version counts that a member tells of: who is away, or is kept out, tells of what was active before.
    Optional<Unfit> why(Members members) {
        var highest = new TreeMap<Integer, Told>();
        for (Member member : members.all()) {
            if (member.status() != Member.Status.GONE) {
                member.release()
                        .types()
                        .forEach(type -> highest.merge(type.type(), new Told(member, type), Outdated::higher));
            }
        }
        return highest.values().stream()
                .filter(told -> isLacking(told.type))
                .map(this::why)
                .findFirst();
    }

    private static Told higher(Told one, Told other) {
        return other.type.active() > one.type.active() ? other : one;
    }

    private boolean isLacking(NodeRelease.OfType there) {
        PartitionType<?> type = types.find(there.type());
        return there.active() > 0 && (type == null || !type.runs(there.active()));
    }

    private Unfit why(Told told) {
        PartitionType<?> type = types.find(told.type.type());
        int active = told.type.active();
        String name = type == null ? PartitionTypes.numbered(told.type.type()) : "'" + type.name() + "'";
        String release = told.member.release().name().isEmpty()
                ? ""
                : " (release '" + told.member.release().name() + "')";
        return new Unfit(
                name,
                active,
                "Version " + active + " of the partition type " + name + " is active in the cluster, as node "
                        + told.member.node() + release + " says, and the release of the service on this node "
                        + has(type) + ". This node is kept out: it serves nothing, and its store is as it was. Start a"
                        + " release here that runs version " + active
                        + "; an active version never becomes an older one again.");
    }

    private static String has(@Nullable PartitionType<?> type) {
        if (type == null) {
            return "does not have that type";
        }
        return "runs "
                + (type.minimumVersion() == type.version()
                        ? "version "
                        : "the versions " + type.minimumVersion() + " to ")
                + type.version();
    }
}
