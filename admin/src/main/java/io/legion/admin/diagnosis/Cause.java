package io.legion.admin.diagnosis;

/// What is the matter.
public enum Cause {
    /// Nobody hears of a node: its process is gone or stands still, or the network is cut.
    NODE_UNREACHABLE(Severity.CRITICAL),
    /// A node takes part in the cluster, and does not say how it is.
    NODE_NOT_ANSWERING(Severity.WARNING),
    /// Two nodes cannot reach each other, though a third one reaches both.
    CUT_OFF_ONE_SIDED(Severity.CRITICAL),
    /// Shards have no majority.
    MAJORITY_LOST(Severity.CRITICAL),
    /// A store has no room.
    STORE_FULL(Severity.CRITICAL),
    /// A store takes no writes.
    STORE_FAILED(Severity.CRITICAL),
    /// A copy in a store cannot be read.
    STORE_DAMAGED(Severity.CRITICAL),
    /// A copy has stopped, though its store can be read: an invariant does not hold, or the program of the
    /// node does not know what it reads.
    COPY_STOPPED(Severity.CRITICAL),
    /// A clock is wrong.
    CLOCK_WRONG(Severity.CRITICAL),
    /// A process is kept out for want of a certificate that is trusted.
    CERTIFICATE_REFUSED(Severity.CRITICAL),
    /// A node refuses requests, since more come than it has room for.
    OVERLOADED(Severity.WARNING),
    /// One partition gets most of the events.
    HOT_PARTITION(Severity.WARNING),
    /// The `apply` of an event throws what nobody throws to say no.
    EVENT_FAILS(Severity.WARNING),
    /// Copies differ: the `apply` of an event is not pure, or releases do not do the same.
    DIVERGENT(Severity.CRITICAL),
    /// Requests of removed participants are submitted again.
    SALVAGE(Severity.WARNING),
    /// Requests that were answered FAST are lost.
    LOST_REQUESTS(Severity.WARNING),
    /// A forced change elsewhere has overruled a copy.
    OVERRULED_COPY(Severity.CRITICAL),
    /// A store is older than what its node has told others.
    OLD_COPY(Severity.CRITICAL),
    /// A node has started a moment ago, or is joining.
    NODE_STARTING(Severity.WARNING),
    /// A node hands its shards over.
    NODE_LEAVING(Severity.WARNING),
    /// Shards are copied.
    COPYING(Severity.WARNING),
    /// Shards stay where they are until somebody resumes rebalancing.
    REBALANCING_PAUSED(Severity.WARNING),
    /// Nodes run different releases.
    VERSIONS_DIFFER(Severity.WARNING),
    /// A newer version of a partition type is not active in all shards.
    VERSION_WAITS(Severity.WARNING),
    /// Indexes are computed anew, for another version.
    INDEXING(Severity.WARNING),
    /// A node's release of the service does not run a version that is active.
    RELEASE_UNFIT(Severity.CRITICAL),
    /// Requests are forgotten before the promised time.
    REQUESTS_FORGOTTEN_EARLY(Severity.WARNING),
    /// Events do not fold, though all participants can be reached.
    FOLDING_WAITS(Severity.WARNING);

    /// How much it matters.
    public enum Severity {
        /// Somebody should look.
        WARNING,
        /// Requests fail or wait, or data is in danger.
        CRITICAL
    }

    private final Severity severity;

    Cause(Severity severity) {
        this.severity = severity;
    }

    /// How much it matters.
    public Severity severity() {
        return severity;
    }
}
