package io.legion.runtime.control;

import io.legion.core.PartitionType;
import io.legion.core.shard.PartitionTypes;
import io.legion.core.shard.ReplicaStatus;
import io.legion.service.Logger;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/// Says in the log when a version has become active in all shards of this node: from then on there is no way back.
final class RaisedVersions {
    private final PartitionTypes types;
    private final Logger logger;

    /// The highest version of each type, by its number, that was active in all shards here at one time.
    private final TreeMap<Integer, Integer> highest = new TreeMap<>();

    RaisedVersions(PartitionTypes types, Logger logger) {
        this.types = types;
        this.logger = logger;
    }

    /// What was active when this node came is no news.
    void look(Collection<ReplicaStatus> replicas) {
        var taking = replicas.stream()
                .filter(replica -> replica.phase() == ReplicaStatus.Phase.PARTICIPATING)
                .toList();
        if (!taking.isEmpty()) {
            types.all().forEach(type -> look(type, taking));
        }
    }

    private void look(PartitionType<?> type, List<ReplicaStatus> replicas) {
        int active = replicas.stream()
                .mapToInt(replica -> replica.versions().getOrDefault(type.id(), 0))
                .min()
                .orElseThrow();
        int before = highest.getOrDefault(type.id(), active);
        highest.put(type.id(), Math.max(active, before));
        if (active > before) {
            logger.info("Version " + active + " of the partition type '" + type.name() + "' is active in "
                    + (replicas.size() == 1 ? "the one shard" : "all " + replicas.size() + " shards")
                    + " here: releases without it are kept out from now on.");
        }
    }
}
