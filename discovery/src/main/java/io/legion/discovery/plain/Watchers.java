package io.legion.discovery.plain;

import io.legion.discovery.service.Snapshots;
import io.legion.discovery.service.UnavailableException;
import io.legion.http.ApiReply;
import io.legion.service.Default;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Tells watchers of changes, by comparing snapshots: so a watcher sees what changed through any node, sees the
/// last of several quick changes, and never sees what did not last.
///
/// **Bounds.** A number of watchers, and of changes that wait for one of them. A watcher that is slower hears
/// so and is cut off: it must begin anew, and misses nothing by that. **Threads.** Any; one virtual thread does
/// the comparing.
public final class Watchers implements AutoCloseable {
    /// How watchers hear of changes.
    ///
    /// @param interval how often to look for changes while somebody watches
    /// @param maximumWatchers how many may watch at once
    /// @param maximumWaiting how many changes may wait for one watcher
    /// @param keepAlive how often a silent stream gets a sign of life
    public record Config(
            @Default("500ms") Duration interval,
            @Default("200") int maximumWatchers,
            @Default("1000") int maximumWaiting,
            @Default("15s") Duration keepAlive) {
        /// Checks the bounds.
        public Config {
            if (interval.toMillis() < 1 || keepAlive.toMillis() < 1) {
                throw new IllegalArgumentException("interval and keepAlive must be at least 1ms");
            }
            if (maximumWatchers < 0 || maximumWaiting < 1) {
                throw new IllegalArgumentException("maximumWatchers must be at least 0, maximumWaiting at least 1");
            }
        }
    }

    private static final String STOPS = "the registry stops; connect again";

    private final Config config;
    private final Snapshots snapshots;
    private final Logger logger;
    private final Monitor.Registration gauge;
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean closed;

    private Watchers(Config config, Snapshots snapshots, Logger logger, Monitor monitor) {
        this.config = config;
        this.snapshots = snapshots;
        this.logger = logger;
        this.gauge = monitor.gauge("discovery.watchers", watchers::size);
        this.thread = Thread.ofVirtual().name("discovery-watchers").unstarted(this::run);
    }

    /// Begins to look for changes.
    public static Watchers open(Config config, Snapshots snapshots, Logger logger, Monitor monitor) {
        var watchers = new Watchers(config, snapshots, logger.named("watchers"), monitor);
        watchers.thread.start();
        return watchers;
    }

    /// A stream of the changes in these services, or in all if none is named. It begins with what is there. The
    /// reply is 503 if too many watch.
    ApiReply watch(Set<String> services) {
        var snapshot = snapshots.current();
        var watcher = new Watcher(config, name -> services.isEmpty() || services.contains(name), snapshot);
        synchronized (watchers) {
            if (closed || watchers.size() >= config.maximumWatchers) {
                return ApiReply.refusal(503, config.maximumWatchers + " watch already; try again later")
                        .header("Retry-After", "5");
            }
            watchers.add(watcher);
        }
        return ApiReply.streaming("text/event-stream", new Place(watcher));
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
                watchers.remove(watcher);
            }
        }

        @Override
        public void cut() {
            watcher.cut(STOPS);
        }

        @Override
        public void abandon() {
            watchers.remove(watcher);
        }
    }

    private void run() {
        try {
            while (!closed) {
                Thread.sleep(config.interval);
                if (!watchers.isEmpty()) {
                    lookCarefully();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookCarefully() {
        try {
            look();
        } catch (UnavailableException later) {
            logger.warning("watchers are not told of changes for now: " + later.getMessage());
        }
    }

    private void look() {
        var next = snapshots.current();
        watchers.forEach(watcher -> watcher.tell(next));
    }

    /// Ends all streams.
    @Override
    public void close() {
        synchronized (watchers) {
            closed = true;
        }
        thread.interrupt();
        watchers.forEach(watcher -> watcher.cut(STOPS));
        gauge.close();
    }
}
