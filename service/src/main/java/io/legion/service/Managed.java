package io.legion.service;

import java.util.Objects;
import java.util.function.Function;

/// A recipe for a handle that must be released: how to acquire it, and what to do with it afterwards.
///
/// Nothing happens until it is used. Recipes compose with [#map] and [#flatMap], so a whole program can be one
/// recipe whose order is its architecture. What was acquired is released in the reverse order, whatever
/// happens: when the body throws, when a later acquisition throws, when a release throws, and when the thread
/// is interrupted. The caller sees the first thing thrown; what is thrown after it is kept as suppressed.
///
/// During the releases the thread's interrupt status is put aside, so that a release which writes or waits can
/// finish; it is set again afterwards.
///
/// **Threads.** A recipe is a value: any thread may use it, and each use acquires anew.
///
/// @param <H> the handle
public final class Managed<H> {

    private final Recipe<H> recipe;

    private Managed(Recipe<H> recipe) {
        this.recipe = recipe;
    }

    /// A handle that is released by closing it.
    public static <H extends AutoCloseable> Managed<H> of(Acquire<? extends H> acquire) {
        return of(acquire, AutoCloseable::close);
    }

    /// A handle that `release` releases, at most once for each time it was acquired.
    public static <H> Managed<H> of(Acquire<? extends H> acquire, Release<? super H> release) {
        return new Managed<>(releases -> {
            H handle = Objects.requireNonNull(acquire.acquire(), "An acquisition gave null instead of a handle.");
            releases.push(() -> release.release(handle));
            return handle;
        });
    }

    /// A handle that needs no release.
    public static <H> Managed<H> pure(H handle) {
        return new Managed<>(_ -> handle);
    }

    /// The same resources with another handle made of this one.
    public <T> Managed<T> map(Function<? super H, ? extends T> change) {
        return new Managed<>(releases -> change.apply(recipe.follow(releases)));
    }

    /// These resources and then those that `next` names, which are released first.
    public <T> Managed<T> flatMap(Function<? super H, Managed<T>> next) {
        return new Managed<>(
                releases -> next.apply(recipe.follow(releases)).recipe.follow(releases));
    }

    /// Acquires, calls `body`, and releases.
    ///
    /// @return what `body` returned
    /// @throws X what `body` threw, after everything was released
    /// @throws ManagedException when an acquisition or a release threw a checked exception; unchecked ones
    ///     reach the caller as they are
    public <R, X extends Exception> R use(Body<? super H, ? extends R, X> body) throws X {
        var scope = open();
        R result;
        try {
            result = body.apply(scope.handle());
        } catch (Throwable thrown) {
            // Not try-with-resources, which would nest what the releases throw instead of listing it.
            scope.releases.runAfter(thrown);
            throw thrown;
        }
        scope.close();
        return result;
    }

    /// Acquires; closing the scope releases. For try-with-resources.
    ///
    /// @throws ManagedException when an acquisition threw a checked exception. Whatever was thrown, everything
    ///     acquired until then was released
    public Scope<H> open() {
        var releases = new Releases();
        try {
            return new Scope<>(recipe.follow(releases), releases);
        } catch (Throwable thrown) {
            throw ManagedException.unchecked(releases.runAfter(thrown));
        }
    }

    /// How a handle comes into being.
    @FunctionalInterface
    public interface Acquire<H> {

        /// Acquires the handle, or throws and leaves nothing acquired.
        H acquire() throws Exception;
    }

    /// How a handle is given back.
    @FunctionalInterface
    public interface Release<H> {

        /// Releases the handle. When it throws, the handle counts as released.
        void release(H handle) throws Exception;
    }

    /// What is done with a handle.
    @FunctionalInterface
    public interface Body<H, R, X extends Exception> {

        /// Uses the handle, which is valid only until this returns.
        R apply(H handle) throws X;
    }

    @FunctionalInterface
    private interface Recipe<H> {
        H follow(Releases releases) throws Exception;
    }

    /// Acquired resources, until it is closed.
    ///
    /// **Threads.** Any thread may close it (a shutdown hook, for instance); the resources are released once,
    /// and a second call waits for the first to finish.
    public static final class Scope<H> implements AutoCloseable {

        private final H handle;
        private final Releases releases;

        private Scope(H handle, Releases releases) {
            this.handle = handle;
            this.releases = releases;
        }

        /// The handle, valid until the scope is closed.
        public H handle() {
            return handle;
        }

        /// Releases everything in the reverse order of acquisition. A second call does nothing.
        ///
        /// @throws ManagedException when a release threw a checked exception; all the others were still done
        @Override
        public void close() {
            releases.run();
        }
    }
}
