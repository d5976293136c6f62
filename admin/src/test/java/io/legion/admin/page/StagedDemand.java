package io.legion.admin.page;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The busiest partitions of a staged cluster.
final class StagedDemand {
    private static final int FEW = 3;
    private static final int MANY = 800;

    private final List<Object> busiest = new ArrayList<>();

    /// @param reason why that is too much; null if it is not
    void add(String key, String node, int percent, @Nullable String reason) {
        busiest.add(StagedCluster.object(
                "type",
                "registrations",
                "key",
                key,
                "shard",
                7,
                "node",
                node,
                "sampled",
                MANY * percent / 100,
                "percent",
                percent,
                "reason",
                reason,
                "next",
                reason == null ? null : "Divide what is in it over more keys."));
    }

    Object answer() {
        return StagedCluster.object(
                "sampled", busiest.isEmpty() ? FEW : MANY, "every", 64, "busiest", List.copyOf(busiest));
    }
}
