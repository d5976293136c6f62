package io.legion.discovery.plain;

import io.legion.discovery.service.Snapshots;
import io.legion.http.ApiReply;
import io.legion.service.Default;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Tells watchers of changes, by comparing snapshots: so a watcher sees what changed through any node, sees the
/// last of several quick changes, and never sees what did not last.
///
/// A watcher whose connection ended goes on where it was, if it comes back to this node soon enough.
///
/// **Bounds.** A number of watchers, and of changes that are kept for all of them. A watcher that is slower than
/// those hears so and is cut off: it must begin anew, and misses nothing by that. **Threads.** Any; one virtual
/// thread does the comparing.
public final class Watchers implements AutoCloseable {
    /// How watchers hear of changes.
    ///
    /// @param interval how often to look for changes while somebody watches
    /// @param maximumWatchers how many may watch at once
    /// @param maximumPerAddress how many of one address may
    /// @param maximumChanges how many of the latest changes are kept for those who are slow or come back
    /// @param resumeWithin how long changes are followed after the last watcher has gone, for whoever comes back
    /// @param keepAlive how often a silent stream gets a sign of life
    public record Config(
            @Default("500ms") Duration interval,
            @Default("200") int maximumWatchers,
            @Default("100") int maximumPerAddress,
            @Default("10000") int maximumChanges,
            @Default("2m") Duration resumeWithin,
            @Default("15s") Duration keepAlive) {
        /// Checks the bounds.
        public Config {
            if (interval.toMillis() < 1 || keepAlive.toMillis() < 1) {
                throw new IllegalArgumentException("interval and keepAlive must be at least 1ms");
            }
            if (maximumWatchers < 0 || maximumPerAddress < 1 || maximumChanges < 1) {
                throw new IllegalArgumentException(
                        "maximumWatchers must be at least 0, maximumPerAddress and maximumChanges at least 1");
            }
        }
    }

    private static final String STOPS = "the registry stops; connect again";

    private final Config config;
    private final Snapshots snapshots;
    private final Logger logger;
    private final Monitor.Registration gauge;
    private final ChangeLog log;
    private final WatcherPlaces places;
    private final Thread thread;
    private boolean failing;
    private long lastWatchedNanos;
    private volatile boolean closed;

    private Watchers(Config config, Snapshots snapshots, Logger logger, Monitor monitor) {
        this.config = config;
        this.snapshots = snapshots;
        this.logger = logger;
        this.log = new ChangeLog(HexFormat.of().toHexDigits(new SecureRandom().nextLong()), config.maximumChanges);
        this.places = new WatcherPlaces(config.maximumWatchers, config.maximumPerAddress);
        this.gauge = monitor.gauge("discovery.watchers", places::size);
        this.thread = Thread.ofVirtual().name("discovery-watchers").unstarted(this::run);
    }

    /// Begins to look for changes.
    public static Watchers open(Config config, Snapshots snapshots, Logger logger, Monitor monitor) {
        var watchers = new Watchers(config, snapshots, logger.named("watchers"), monitor);
        watchers.thread.start();
        return watchers;
    }

    /// A stream of the changes in these services, or in all if none is named. It goes on after the event with this
    /// id, if that is of a stream of the same services, or begins with all that is there. The reply is 503
    /// if too many watch.
    ///
    /// @param lastEventId the last id that the client saw, of any node's stream
    /// @param address the client's
    ApiReply watch(Set<String> services, Optional<String> lastEventId, InetAddress address) {
        var snapshot = snapshots.current();
        synchronized (places) {
            // Nobody forgets the log between this and the moment when the watcher has its place.
            log.advance(snapshot);
            var watched = WatchedServices.of(services);
            var watcher = watcher(
                    watched, lastEventId.map(id -> log.number(id, watched)).orElse(OptionalLong.empty()));
            return !closed && places.take(watcher, address)
                    ? ApiReply.streaming("text/event-stream", new Place(watcher))
                    : full();
        }
    }

    private ApiReply full() {
        var limits = "at most " + config.maximumWatchers + ", and " + config.maximumPerAddress + " of one address";
        return ApiReply.refusal(503, "too many watch already (" + limits + "); try again later")
                .header("Retry-After", "5");
    }

    private Watcher watcher(WatchedServices services, OptionalLong read) {
        return read.isPresent() && log.after(read.getAsLong(), services) != null
                ? Watcher.after(read.getAsLong(), config.keepAlive, log, services)
                : Watcher.anew(config.keepAlive, log, services);
    }

    /// One of the places, given back at the end, even if the stream never began.
    private final class Place implements ApiReply.Stream {
        private final Watcher watcher;

        Place(Watcher watcher) {
            this.watcher = watcher;
        }

        @Override
        public void write(OutputStream out) throws IOException {
            try {
                watcher.write(out);
            } finally {
                places.giveBack(watcher);
            }
        }

        @Override
        public void cut() {
            watcher.cut(STOPS);
        }

        @Override
        public void abandon() {
            places.giveBack(watcher);
        }
    }

    private void run() {
        try {
            while (!closed) {
                Thread.sleep(config.interval);
                if (isWanted()) {
                    lookCarefully();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// False when nobody watches, nor has for a while: then it lets go of the changes.
    private boolean isWanted() {
        synchronized (places) {
            if (places.size() > 0) {
                lastWatchedNanos = System.nanoTime();
            } else if (System.nanoTime() - lastWatchedNanos > config.resumeWithin.toNanos()) {
                log.forget();
            }
            return log.isFollowing();
        }
    }

    private void lookCarefully() {
        try {
            look();
            failing = false;
        } catch (RuntimeException later) {
            // A thread that ended here would leave all watchers without news.
            if (!failing) {
                logger.warning("watchers hear of no changes for now: " + later.getMessage());
            }
            failing = true;
        }
    }

    private void look() {
        log.advance(snapshots.current());
        places.takers().forEach(Watcher::wake);
    }

    /// Ends all streams.
    @Override
    public void close() {
        synchronized (places) {
            closed = true;
        }
        thread.interrupt();
        places.takers().forEach(watcher -> watcher.cut(STOPS));
        gauge.close();
    }
}
