package io.legion.admin.observation;

import io.legion.admin.diagnosis.Diagnosis;
import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.Gatherer;
import io.legion.admin.picture.NodePicture;
import io.legion.operations.UnreachableException;
import io.legion.service.Logger;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Looks at the cluster: once a second while somebody asks, less often else. However many ask, one look is made
/// at a time, and all of a second share it. While this node itself does nothing, nobody can say how the cluster
/// is: then it shows how it was.
///
/// **Threads.** Any.
public final class Observer implements AutoCloseable {
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration UNWATCHED = Duration.ofSeconds(5);
    private static final Duration WATCHED_FOR = Duration.ofSeconds(10);

    /// How long to wait for a look that is under way, and for the last one when this is closed.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Gatherer gatherer;
    private final LifeEvents life = new LifeEvents();
    private final Onsets onsets = new Onsets(life);
    private final Logger logger;
    private final ReentrantLock lock = new ReentrantLock();
    private final Thread watch;
    private volatile long askedNanos = System.nanoTime();
    private @Nullable Observation last; // of a look; under the lock
    private volatile @Nullable Observation shown; // the last one, or how it was then
    private long shownNanos; // under the lock

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

    /// The cluster now, or as it was up to a second ago; while this node does nothing, as it was before.
    ///
    /// @throws UnreachableException if this node does nothing, and did nothing before
    public Observation now() {
        askedNanos = System.nanoTime();
        return look(FRESH);
    }

    /// The cluster now, for who acts upon it.
    ///
    /// @throws UnreachableException if this node does nothing
    public Observation anew() {
        askedNanos = System.nanoTime();
        if (!isMyTurn()) {
            throw new UnreachableException("A look at the cluster has been under way for more than "
                    + PATIENCE.toSeconds() + " s. Try again after a while.");
        }
        try {
            return show(gathered());
        } finally {
            lock.unlock();
        }
    }

    private Observation look(Duration fresh) {
        if (!isMyTurn()) {
            return shownBefore();
        }
        try {
            var known = shown;
            return known != null && System.nanoTime() - shownNanos < fresh.toNanos() ? known : show(gatheredOrOld());
        } finally {
            lock.unlock();
        }
    }

    private boolean isMyTurn() {
        try {
            return lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before the cluster was looked at", interrupted);
        }
    }

    private Observation shownBefore() {
        var before = shown;
        if (before == null) {
            throw new UnreachableException(
                    "The first look at the cluster is still under way. Try again after a while.");
        }
        return before;
    }

    private Observation show(Observation next) {
        shown = next;
        shownNanos = System.nanoTime();
        return next;
    }

    private Observation gatheredOrOld() {
        try {
            return gathered();
        } catch (UnreachableException silent) {
            var before = last;
            if (before == null) {
                throw silent;
            }
            return observed(before.picture().asItWas(String.valueOf(silent.getMessage())));
        }
    }

    private Observation gathered() {
        var picture = gatherer.gather();
        var before = last;
        if (before != null) {
            requireAnswer(picture);
            new Differences(before.picture(), picture, life).tell();
        }
        var next = observed(picture);
        last = next;
        return next;
    }

    /// A node that does nothing gets no answer of others either, which says nothing of them.
    private static void requireAnswer(ClusterPicture picture) {
        if (picture.nodes().stream().allMatch(node -> node.facts().isEmpty())) {
            throw new UnreachableException(
                    picture.node(picture.self()).map(NodePicture::why).orElse("No node says how it is."));
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

    /// Looks no more. A look that does not end is left behind.
    @Override
    public void close() {
        watch.interrupt();
        try {
            var _ = watch.join(PATIENCE);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
