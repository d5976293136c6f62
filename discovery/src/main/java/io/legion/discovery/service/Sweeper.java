package io.legion.discovery.service;

import io.legion.discovery.registry.Expire;
import io.legion.discovery.registry.Lease;
import io.legion.service.Default;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// Removes leases that nobody renewed, by [Expire] events. Each node takes the instances that it serves, so
/// each is done once, and another node takes over when a node is gone. If two do it at once, the second finds
/// nothing to remove. If a node that is cut off removes a lease that was renewed with the others, the lease is
/// back when they meet: the event looks at it once more at its place in history.
///
/// **Self-preservation.** When a large part of all leases is overdue at once, the network is a likelier cause
/// than the instances: then the sweeper removes nothing until they renew again. The decision follows from the
/// leases, which all nodes share, so it is the same on each node and holds after a restart too.
///
/// **Threads.** One virtual thread of its own; any may call [#sweep()].
public final class Sweeper implements AutoCloseable {
    /// How leases are removed.
    ///
    /// @param interval how often to sweep
    /// @param startGrace how long after the start the first sweep comes, so that instances can renew first
    /// @param selfPreservation whether to stop when too many are overdue
    /// @param selfPreservationThreshold the part of all leases that must not be overdue for any to be removed
    public record Config(
            @Default("60s") Duration interval,
            @Default("90s") Duration startGrace,
            @Default("true") boolean selfPreservation,
            @Default("0.85") double selfPreservationThreshold) {
        /// The values that Eureka's users are used to.
        public static final Config DEFAULT = new Config(Duration.ofSeconds(60), Duration.ofSeconds(90), true, 0.85);

        /// Checks the bounds.
        public Config {
            if (interval.toMillis() < 10) {
                throw new IllegalArgumentException("interval must be at least 10ms");
            }
            if (selfPreservationThreshold < 0 || selfPreservationThreshold > 1) {
                throw new IllegalArgumentException("selfPreservationThreshold must be between 0 and 1");
            }
        }
    }

    private final Config config;
    private final Applications applications;
    private final Snapshots snapshots;
    private final LongSupplier clockMillis;
    private final Logger logger;
    private final Monitor.Counter expired;
    private final Thread thread;
    private volatile boolean preserving;

    private Sweeper(
            Config config,
            Applications applications,
            Snapshots snapshots,
            LongSupplier clockMillis,
            Logger logger,
            Monitor monitor) {
        this.config = config;
        this.applications = applications;
        this.snapshots = snapshots;
        this.clockMillis = clockMillis;
        this.logger = logger;
        this.expired = monitor.counter("discovery.leases.expired");
        this.thread = Thread.ofVirtual().name("discovery-sweeper").unstarted(this::run);
    }

    /// Begins to sweep.
    public static Sweeper open(
            Config config,
            Applications applications,
            Snapshots snapshots,
            LongSupplier clockMillis,
            Logger logger,
            Monitor monitor) {
        var sweeper = new Sweeper(config, applications, snapshots, clockMillis, logger.named("sweeper"), monitor);
        sweeper.thread.start();
        return sweeper;
    }

    /// True while too many leases are overdue for any to be removed.
    public boolean isPreserving() {
        return preserving;
    }

    /// Sweeps the instances that this node serves once: removes those whose lease is over, unless it preserves
    /// them, and forgets those that were removed long ago.
    ///
    /// @return how many leases were removed
    /// @throws UnavailableException if the instances cannot be read or changed now
    public int sweep() {
        long now = clockMillis.getAsLong();
        var all = snapshots.renewed(now).all();
        var over = all.leases().filter(lease -> lease.isOverdue(now)).toList();
        decide(all.leases().count(), over.size());
        expire(all.removed().filter(lease -> lease.isForgotten(now)));
        int taken = preserving ? 0 : expire(over.stream());
        if (taken > 0) {
            expired.add(taken);
            logger.info(taken + " leases expired");
        }
        return taken;
    }

    private int expire(Stream<Lease> leases) {
        var keys = leases.map(lease -> lease.announced().key())
                .filter(applications::isServedHere)
                .toList();
        return (int) applications.requestAll(keys, new Expire()).stream()
                .filter(Expire.Result.EXPIRED::equals)
                .count();
    }

    private void decide(long instances, long overdue) {
        boolean next = config.selfPreservation && instances - overdue < instances * config.selfPreservationThreshold;
        if (next && !preserving) {
            logger.warning("self-preservation: " + overdue + " of " + instances
                    + " leases are overdue, so none is taken away until "
                    + Math.round(config.selfPreservationThreshold * 100) + " % are renewed again");
        } else if (preserving && !next) {
            logger.info("self-preservation is over: " + overdue + " of " + instances + " leases are overdue");
        }
        preserving = next;
    }

    private void run() {
        try {
            Thread.sleep(config.startGrace);
            while (true) {
                sweepCarefully();
                Thread.sleep(config.interval);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweepCarefully() {
        try {
            sweep();
        } catch (RuntimeException failure) {
            // A thread that ended here would leave all leases without an end.
            logger.warning(
                    "the leases were not swept; the next time is in " + config.interval.toSeconds() + " s", failure);
        }
    }

    /// Stops, and waits up to 10 s for an event under way.
    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
