package io.legion.admin.page;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a staged cluster's service saw happen, since it began to look.
final class StagedTimeline {
    private final Instant since = now();
    private final List<Map<String, ?>> events = new ArrayList<>();

    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    void happened(String kind, String what, @Nullable String node, @Nullable Integer shard) {
        events.add(StagedCluster.object(
                "number",
                events.size() + 1,
                "at",
                now().toString(),
                "kind",
                kind,
                "what",
                what,
                "node",
                node,
                "shard",
                shard));
    }

    Object answer(Asked asked) {
        int from = Math.min(asked.number("after", 0), events.size());
        int to = Math.min(from + asked.number("limit", 200), events.size());
        return StagedCluster.object(
                "events", List.copyOf(events.subList(from, to)), "next", to, "since", since.toString());
    }
}
