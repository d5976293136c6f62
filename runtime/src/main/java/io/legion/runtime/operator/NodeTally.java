package io.legion.runtime.operator;

import io.legion.core.shard.ClockLead;
import io.legion.core.shard.Silence;
import io.legion.runtime.host.NodeView;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a node's shards come to, counted some at a time, so that none of these looks keeps the node long.
final class NodeTally {
    int hosted;
    int serving;
    long outstanding;

    /// That of the first shard that accepts no requests because of the clock; if there is none, of the first
    /// one that accepts none.
    @Nullable
    Silence silence;

    private final ClockTally clock = new ClockTally();

    /// Counts a shard, if it runs here.
    void add(NodeView node, int shard) {
        node.status(shard).ifPresent(status -> {
            hosted++;
            serving += node.isPreferred(shard) ? 1 : 0;
            outstanding += status.outstanding();
            silence = graver(silence, status.silence());
        });
        ClockLead lead = node.clockLead(shard);
        if (lead != null) {
            clock.add(lead);
        }
    }

    /// A wrong clock concerns the whole node, and a removal one shard.
    static @Nullable Silence graver(@Nullable Silence known, @Nullable Silence next) {
        if (known == null || next == null) {
            return known == null ? next : known;
        }
        return known.kind() != Silence.Kind.CLOCK && next.kind() == Silence.Kind.CLOCK ? next : known;
    }

    Optional<Duration> clockOffset() {
        return clock.offset();
    }
}
