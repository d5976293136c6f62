package io.legion.benchmarks.cluster.subject;

import io.legion.RequestRoute;
import io.legion.core.Consistency;

/// Which answer a request to Legion waits for, and where it is served.
public enum Mode {
    /// FAST, at the shard's preferred participant.
    FAST(Consistency.FAST, RequestRoute.PREFERRED),
    /// FAST, at the node that the caller asked.
    NEAREST(Consistency.FAST, RequestRoute.NEAREST),
    /// DURABLE, at the preferred participant.
    DURABLE(Consistency.DURABLE, RequestRoute.PREFERRED),
    /// FINAL, at the preferred participant.
    FINAL(Consistency.FINAL, RequestRoute.PREFERRED);

    private final Consistency consistency;
    private final RequestRoute route;

    Mode(Consistency consistency, RequestRoute route) {
        this.consistency = consistency;
        this.route = route;
    }

    Consistency consistency() {
        return consistency;
    }

    RequestRoute route() {
        return route;
    }

    /// True if the answer waits for other nodes to have the event.
    public boolean waits() {
        return consistency != Consistency.FAST;
    }
}
