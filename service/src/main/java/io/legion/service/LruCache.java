package io.legion.service;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Specification of the cache service: keeps the lately used values, within a bound.
///
/// The cache forgets whenever it must: a value may be gone as soon as it is put, so the cache is never the only
/// place of a value. Keys and values must not be null, and must not change while they are cached.
///
/// **Atomicity.** Each method is atomic for its key. There is no atomicity over several keys. **Bound.** The
/// cache forgets what is above the bound at once, or with the next change when many threads change it at the
/// same time. **Threads.** Any thread may call every method.
///
/// @param <K> keys, with `equals` and `hashCode` by value
/// @param <V> values
public interface LruCache<K, V> {

    /// The value cached for `key`, or null. Counts as a use of it.
    @Nullable
    V get(K key);

    /// The value cached for `key`, or else the one that `load` gives, which is then cached.
    ///
    /// At most one thread loads a key at a time; other threads that want the same key wait for it.
    ///
    /// @param load called by the calling thread; it must not use this cache, and other keys may wait while it
    ///     runs. When it throws, the exception reaches the caller and nothing is cached
    V getOrLoad(K key, Function<? super K, ? extends V> load);

    /// Caches `value` for `key` in place of what was cached for it.
    void put(K key, V value);

    /// Forgets the value of `key`, if it is cached.
    void invalidate(K key);

    /// Forgets everything.
    void clear();

    /// How many values are cached now; roughly, while other threads change the cache.
    long size();

    /// What one entry counts against the bound.
    @FunctionalInterface
    interface Weigher<K, V> {

        /// The weight of an entry, 0 or more. The cache asks for it once, when it caches the entry.
        int weigh(K key, V value);
    }
}
