package io.legion.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Bytes;
import io.legion.service.CaffeineLruCache;
import io.legion.service.Monitor;
import io.legion.spi.Batch;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReadCacheTest {

    private static final byte[] KEY = {1};
    private static final Bytes NAME = Bytes.copyOf(KEY);

    private final ReadCache cache = new ReadCache(
            CaffeineLruCache.open(new CaffeineLruCache.Config(1000), PostgresStore::weight, Monitor.none()));

    @Test
    void whatWasReadIsKeptAlsoThatThereIsNothing() {
        cache.keep(NAME, cache.stamp(NAME), Optional.empty());

        assertThat(cache.get(NAME)).isEmpty();
    }

    @Test
    void aWriteForgetsItsKeys() {
        cache.keep(NAME, cache.stamp(NAME), Optional.of(KEY));
        cache.end(cache.begin(new BatchChanges().add(new Batch().put(KEY, KEY))));

        assertThat(cache.get(NAME)).isNull();
    }

    @Test
    void aDeletedRangeForgetsEverything() {
        cache.keep(NAME, cache.stamp(NAME), Optional.of(KEY));
        cache.end(cache.begin(new BatchChanges().add(new Batch().deleteRange(KEY, new byte[] {2}))));

        assertThat(cache.get(NAME)).isNull();
    }

    @Test
    void whatWasReadBeforeAWriteIsNotKeptAfterIt() {
        int stamp = cache.stamp(NAME);
        cache.end(cache.begin(new BatchChanges().add(new Batch().put(KEY, KEY))));
        cache.keep(NAME, stamp, Optional.empty());

        assertThat(cache.get(NAME)).isNull();
    }

    @Test
    void whatIsReadDuringAWriteIsNotKept() {
        var touched = cache.begin(new BatchChanges().add(new Batch().put(KEY, KEY)));
        cache.keep(NAME, cache.stamp(NAME), Optional.empty());
        assertThat(cache.get(NAME)).isNull();
        cache.end(touched);

        cache.keep(NAME, cache.stamp(NAME), Optional.of(KEY));
        assertThat(cache.get(NAME)).contains(KEY);
    }
}
