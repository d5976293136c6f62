package io.legion.runtime.start;

import io.legion.LegionSettings;
import io.legion.RequestRoute;
import io.legion.core.placement.RebalancingSettings;
import io.legion.core.shard.ReplicaSettings;
import io.legion.runtime.node.NodeSettings;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the settings of a user mean to the parts of the engine.
final class EngineSettings {
    private EngineSettings() {}

    static NodeSettings node(LegionSettings settings) {
        var placement = settings.placement();
        return NodeSettings.defaults(settings.shards())
                .with(new RebalancingSettings(
                        placement.replicas(),
                        placement.replaceAfter().toMillis(),
                        placement.copiesAtOnce(),
                        placement.replaceStoppedAfter().toMillis()))
                .withNearest(placement.route() == RequestRoute.NEAREST)
                .describing(placement.weight(), placement.zone(), "")
                .releasing(settings.release().name(), settings.release().hold());
    }

    static ReplicaSettings replica(LegionSettings settings) {
        var replication = settings.replication();
        return new ReplicaSettings(
                replication.clockAhead().toMillis(),
                replication.resend().toMillis(),
                replication.decideTimeout().toMillis(),
                replication.returnTimeout().toMillis(),
                replication.rememberedOutputs(),
                replication.requestMemory().bytes(),
                replication.rememberedFor().toMillis(),
                replication.maxOutstanding(),
                replication.hashEvery(),
                (int) replication.piece().bytes());
    }

    /// What all nodes of a cluster have in common: what is fixed, and what else they must agree on at any
    /// time. Replicas compare hashes at the same positions (R58), and nodes that wish for other
    /// participants would undo each other's changes (R62).
    static SortedMap<String, String> common(LegionSettings settings) {
        var placement = settings.placement();
        var common = fixed(settings);
        common.put("hashEvery", Integer.toString(settings.replication().hashEvery()));
        common.put("replicas", Integer.toString(placement.replicas()));
        common.put("replaceAfter", placement.replaceAfter().toMillis() + "ms");
        common.put("replaceStoppedAfter", placement.replaceStoppedAfter().toMillis() + "ms");
        common.put("copiesAtOnce", Integer.toString(placement.copiesAtOnce()));
        return common;
    }

    /// What cannot change once the cluster is founded, apart from the shards. Remembered requests are a part of
    /// each shard's state (R52), so a node with other numbers would diverge.
    static SortedMap<String, String> fixed(LegionSettings settings) {
        var remembered = replica(settings);
        return new TreeMap<>(Map.of(
                "rememberedOutputs", Integer.toString(remembered.rememberedOutputs()),
                "requestMemory", settings.replication().requestMemory().toString(),
                "rememberedFor", settings.replication().rememberedFor().toString()));
    }
}
