package io.legion.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class CaffeineLruCacheTest {

    private final RecordingMonitor monitor = RecordingMonitor.open();

    @Test
    void givesWhatWasPutUntilItIsInvalidated() {
        try (var cache = CaffeineLruCache.<String, Integer>open(new CaffeineLruCache.Config(10), monitor)) {
            assertThat(cache.get("a")).isNull();
            cache.put("a", 1);
            cache.put("b", 2);
            assertThat(cache.get("a")).isEqualTo(1);
            cache.invalidate("a");
            assertThat(cache.get("a")).isNull();
            assertThat(cache.size()).isEqualTo(1);
            cache.clear();
            assertThat(cache.get("b")).isNull();
        }
    }

    @Test
    void neverKeepsMoreEntriesThanItsBound() {
        try (var cache = CaffeineLruCache.<Integer, Integer>open(new CaffeineLruCache.Config(100), monitor)) {
            for (int i = 0; i < 10_000; i++) {
                cache.put(i, i);
                assertThat(cache.size()).isLessThanOrEqualTo(100);
            }
            assertThat(cache.size()).isEqualTo(100);
            assertThat(monitor.value("cache.size")).isEqualTo(100);
        }
    }

    @Test
    void countsWeightsWhenItHasAWeigher() {
        var config = CaffeineLruCache.Config.ofBytes(new ByteSize(100));
        try (var cache = CaffeineLruCache.<Integer, String>open(config, (_, text) -> text.length(), monitor)) {
            for (int i = 0; i < 50; i++) {
                cache.put(i, "0123456789");
            }
            assertThat(cache.size()).isEqualTo(10);
            cache.put(99, "x".repeat(101));
            assertThat(cache.get(99)).isNull();
        }
    }

    @Test
    void manyThreadsThatWantOneKeyLoadItOnce() {
        var loads = new AtomicInteger();
        try (var cache = CaffeineLruCache.<String, Integer>open(new CaffeineLruCache.Config(10), monitor)) {
            try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 100; i++) {
                    executor.execute(() -> cache.getOrLoad("a", _ -> loads.incrementAndGet()));
                }
            }
            assertThat(loads).hasValue(1);
            assertThat(cache.get("a")).isEqualTo(1);
        }
    }

    @Test
    void aLoadThatThrowsReachesTheCallerAndCachesNothing() {
        try (var cache = CaffeineLruCache.<String, Integer>open(new CaffeineLruCache.Config(10), monitor)) {
            assertThatThrownBy(() -> cache.getOrLoad("a", _ -> {
                        throw new IllegalStateException("no a");
                    }))
                    .hasMessage("no a");
            assertThat(cache.getOrLoad("a", _ -> 2)).isEqualTo(2);
        }
    }

    @Test
    void countsHitsAndMisses() {
        try (var cache = CaffeineLruCache.<String, Integer>open(new CaffeineLruCache.Config(10), monitor)) {
            cache.get("a");
            cache.getOrLoad("a", _ -> 1);
            cache.getOrLoad("a", _ -> 1);
            cache.get("a");
        }
        assertThat(monitor.counts()).containsEntry("cache.hits", 2L).containsEntry("cache.misses", 2L);
    }

    @Test
    void aNegativeBoundIsRefused() {
        assertThatThrownBy(() -> new CaffeineLruCache.Config(-1)).hasMessage("maximum must be 0 or more, but is -1.");
    }
}
