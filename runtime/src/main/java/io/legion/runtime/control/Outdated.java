package io.legion.runtime.control;

import io.legion.core.PartitionType;
import io.legion.core.placement.Member;
import io.legion.core.placement.Members;
import io.legion.core.placement.NodeRelease;
import io.legion.core.shard.PartitionTypes;
import java.util.Optional;

/// R87: why this node's release cannot take part in a cluster, by the versions that are active there.
final class Outdated {
    private final PartitionTypes types;

    Outdated(PartitionTypes types) {
        this.types = types;
    }

    /// Why a node with these types has to stay out; empty if it runs all versions that are active.
    Optional<String> why(Members members) {
        return members.all().stream()
                .filter(member -> member.status() != Member.Status.GONE)
                .flatMap(member -> member.release().types().stream()
                        .filter(this::isLacking)
                        .map(type -> why(member, type)))
                .findFirst();
    }

    private boolean isLacking(NodeRelease.OfType there) {
        PartitionType<?> type = types.find(there.type());
        return there.active() > 0 && (type == null || !type.runs(there.active()));
    }

    private String why(Member member, NodeRelease.OfType there) {
        PartitionType<?> type = types.find(there.type());
        String name = type == null ? "with the number " + Integer.toHexString(there.type()) : "'" + type.name() + "'";
        String has = type == null
                ? "does not have that type"
                : "runs "
                        + (type.minimumVersion() == type.version()
                                ? "version "
                                : "the versions " + type.minimumVersion() + " to ")
                        + type.version();
        String release = member.release().name().isEmpty()
                ? ""
                : " (release '" + member.release().name() + "')";
        return "Version " + there.active() + " of the partition type " + name + " is active in the cluster, as node "
                + member.node() + release + " says, and the release of the service on this node " + has
                + ". This node is kept out: it serves nothing, and its store is as it was. Start a release here that"
                + " runs version " + there.active() + "; an active version never becomes an older one again.";
    }
}
