package io.legion.admin.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the service says of orders to a staged cluster.
final class StagedActs {
    static final String NOTE = "The cluster may change before the order: what is true then counts.";

    private StagedActs() {}

    static Object answer(Asked asked) {
        boolean dryRun = asked.query().containsKey("dryRun");
        var node = asked.first().equals("nodes") ? asked.segments().get(1) : null;
        return StagedCluster.object(
                "dryRun",
                dryRun,
                "what",
                what(node, dryRun),
                "note",
                dryRun ? NOTE : null,
                "done",
                List.of(StagedCluster.object(
                        "node", node, "shard", null, "what", dryRun ? "would be done" : "is being done")),
                "refused",
                List.of());
    }

    private static String what(@Nullable String node, boolean dryRun) {
        if (node == null) {
            return dryRun ? "Every node would do it." : "Every node does it.";
        }
        return dryRun
                ? "Node " + node + " would be ejected: 64 shards would be copied to the others."
                : "Node " + node + " is being ejected.";
    }
}
