package io.legion.discovery.service;

import io.legion.discovery.registry.Expire;
import io.legion.service.Default;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Removes leases that nobody renewed, by [Expire] events. Each node takes the applications that it serves, so
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
    /// @param batch the most leases that one event removes
    public record Config(
            @Default("60s") Duration interval,
            @Default("90s") Duration startGrace,
            @Default("true") boolean selfPreservation,
            @Default("0.85") double selfPreservationThreshold,
            @Default("100") int batch) {
        /// The values that Eureka's users are used to.
        public static final Config DEFAULT =
                new Config(Duration.ofSeconds(60), Duration.ofSeconds(90), true, 0.85, 100);

        /// Checks the bounds.
        public Config {
            if (interval.toMillis() < 10) {
                throw new IllegalArgumentException("interval must be at least 10ms");
            }
            if (selfPreservationThreshold < 0 || selfPreservationThreshold > 1) {
                throw new IllegalArgumentException("selfPreservationThreshold must be between 0 and 1");
            }
            if (batch < 1 || batch > 1000) {
                throw new IllegalArgumentException("batch must be between 1 and 1000");
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

    /// Sweeps the applications that this node serves once.
    ///
    /// @return how many leases were removed
    /// @throws UnavailableException if the applications cannot be read or changed now
    public int sweep() {
        var snapshot = snapshots.current();
        long now = clockMillis.getAsLong();
        decide(snapshot.instances(), snapshot.overdue(now));
        int taken = 0;
        for (var application : snapshot.applications()) {
            if (!preserving && application.state().isStale(now) && applications.isServedHere(application.name())) {
                taken += expire(application.name());
            }
        }
        return taken;
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

    private int expire(String application) {
        int taken = 0;
        int last;
        do {
            last = applications.request(application, new Expire(config.batch));
            taken += last;
        } while (last == config.batch);
        if (taken > 0) {
            expired.add(taken);
            logger.info(application + ": " + taken + " leases expired");
        }
        return taken;
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
        } catch (UnavailableException | IllegalArgumentException failure) {
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
