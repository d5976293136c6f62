package io.legion.simulation.callers;

import io.legion.core.shard.Seen;
import org.jspecify.annotations.Nullable;

/// The session of one client (R79): what it has seen, as the replicas say it and as the client itself notes it.
final class CallerSession {
    private final Seen[] seen;
    final Shown shown = new Shown();

    CallerSession(int shards) {
        seen = new Seen[shards];
        java.util.Arrays.fill(seen, Seen.NOTHING);
    }

    Seen seen(int shard) {
        return seen[shard];
    }

    void saw(int shard, @Nullable Seen more) {
        if (more != null) {
            seen[shard] = seen[shard].merge(more);
        }
    }
}
