package io.legion.admin.observation;

import io.legion.admin.diagnosis.Diagnosis;
import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.Gatherer;
import io.legion.service.Logger;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Looks at the cluster: once a second while somebody asks, less often else. However many ask, one look is made
/// at a time, and all of a second share it.
///
/// **Threads.** Any.
public final class Observer implements AutoCloseable {
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration UNWATCHED = Duration.ofSeconds(5);
    private static final Duration WATCHED_FOR = Duration.ofSeconds(10);

    private final Gatherer gatherer;
    private final LifeEvents life = new LifeEvents();
    private final Onsets onsets = new Onsets(life);
    private final Logger logger;
    private final ReentrantLock lock = new ReentrantLock();
    private final Thread watch;
    private volatile long askedNanos = System.nanoTime();
    private @Nullable Observation last; // with when, under the lock
    private long lastNanos;

    private Observer(Gatherer gatherer, Logger logger) {
        this.gatherer = gatherer;
        this.logger = logger;
        this.watch = Thread.ofVirtual().name("admin-watch").unstarted(this::watch);
    }

    /// Begins to look.
    public static Observer open(Gatherer gatherer, Logger logger) {
        var observer = new Observer(gatherer, logger);
        observer.watch.start();
        return observer;
    }

    /// What happened since this began to look.
    public LifeEvents life() {
        return life;
    }

    /// The cluster now, or as it was up to a second ago.
    public Observation now() {
        askedNanos = System.nanoTime();
        return look(FRESH);
    }

    /// The cluster now, for who acts upon it.
    public Observation anew() {
        askedNanos = System.nanoTime();
        return look(Duration.ZERO);
    }

    private Observation look(Duration fresh) {
        lock.lock();
        try {
            var known = last;
            if (known != null && System.nanoTime() - lastNanos < fresh.toNanos()) {
                return known;
            }
            var picture = gatherer.gather();
            if (known != null) {
                new Differences(known.picture(), picture, life).tell();
            }
            var next = observed(picture);
            last = next;
            lastNanos = System.nanoTime();
            return next;
        } finally {
            lock.unlock();
        }
    }

    private Observation observed(ClusterPicture picture) {
        return new Observation(picture, onsets.dated(picture.at(), Diagnosis.of(picture)));
    }

    private void watch() {
        try {
            while (true) {
                lookQuietly();
                boolean watched = System.nanoTime() - askedNanos < WATCHED_FOR.toNanos();
                Thread.sleep(watched ? FRESH : UNWATCHED);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whatever goes wrong with one look, the next one may succeed.
    private void lookQuietly() {
        try {
            look(FRESH.dividedBy(2)); // a moment after one that somebody asked for
        } catch (RuntimeException failure) {
            if (!Thread.currentThread().isInterrupted()) {
                logger.warning(
                        "The cluster could not be looked at; the next look comes in a moment: " + failure, failure);
            }
        }
    }

    /// Looks no more.
    @Override
    public void close() {
        watch.interrupt();
        try {
            watch.join();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
