package io.legion.service;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An [LruCache] on Caffeine, which keeps what is used lately *and* often: a value used once does not push out
/// one that is used all the time.
///
/// Meters: the counters `cache.hits` and `cache.misses`, the gauge `cache.size`.
///
/// **Threads.** Any; it starts none: the threads that change the cache forget what is over the bound.
public final class CaffeineLruCache<K, V> implements LruCache<K, V>, AutoCloseable {

    /// The configuration.
    ///
    /// @param maximum the bound on the number of entries, or on the sum of their weights if there is a weigher
    public record Config(long maximum) {

        /// @throws IllegalArgumentException if `maximum` is negative
        public Config {
            if (maximum < 0) {
                throw new IllegalArgumentException("maximum must be 0 or more, but is " + maximum + ".");
            }
        }

        /// The bound as a number of bytes, for a weigher that gives bytes.
        public static Config ofBytes(ByteSize maximum) {
            return new Config(maximum.bytes());
        }
    }

    private final Cache<K, V> cache;
    private final Monitor.Counter hits;
    private final Monitor.Counter misses;
    private final Monitor.Registration sizeGauge;

    private CaffeineLruCache(Cache<K, V> cache, Monitor monitor) {
        this.cache = cache;
        this.hits = monitor.counter("cache.hits");
        this.misses = monitor.counter("cache.misses");
        this.sizeGauge = monitor.gauge("cache.size", cache::estimatedSize);
    }

    /// Opens a cache bounded by the number of its entries.
    public static <K, V> CaffeineLruCache<K, V> open(Config config, Monitor monitor) {
        return new CaffeineLruCache<>(
                Caffeine.newBuilder()
                        .executor(Runnable::run)
                        .maximumSize(config.maximum())
                        .<K, V>build(),
                monitor);
    }

    /// Opens a cache bounded by the weight of its entries. It never keeps an entry heavier than the bound.
    public static <K, V> CaffeineLruCache<K, V> open(Config config, Weigher<K, V> weigher, Monitor monitor) {
        return new CaffeineLruCache<>(
                Caffeine.newBuilder()
                        .executor(Runnable::run)
                        .maximumWeight(config.maximum())
                        .<K, V>weigher(weigher::weigh)
                        .build(),
                monitor);
    }

    @Override
    public @Nullable V get(K key) {
        var value = cache.getIfPresent(key);
        (value == null ? misses : hits).increment();
        return value;
    }

    @Override
    public V getOrLoad(K key, Function<? super K, ? extends V> load) {
        var value = get(key);
        return value != null ? value : cache.get(key, load);
    }

    @Override
    public void put(K key, V value) {
        cache.put(key, value);
    }

    @Override
    public void invalidate(K key) {
        cache.invalidate(key);
    }

    @Override
    public void clear() {
        cache.invalidateAll();
    }

    @Override
    public long size() {
        return cache.estimatedSize();
    }

    /// Forgets everything, and closes the meters. The cache can still be called, but nobody should.
    @Override
    public void close() {
        sizeGauge.close();
        cache.invalidateAll();
    }
}
