package io.legion.store.postgres.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Bytes;
import io.legion.service.CaffeineLruCache;
import io.legion.service.Monitor;
import io.legion.spi.Batch;
import io.legion.store.postgres.PostgresStore;
import io.legion.store.postgres.batch.BatchChanges;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReadCacheTest {

    private static final byte[] KEY = {1};
    private static final Bytes NAME = Bytes.copyOf(KEY);

    private final ReadCache cache = new ReadCache(
            CaffeineLruCache.open(new CaffeineLruCache.Config(1000), PostgresStore::weight, Monitor.none()));

    private int reads;

    @Test
    void whatWasReadIsKeptAlsoThatThereIsNothing() {
        assertThat(read(Optional.empty())).isEmpty();
        assertThat(read(Optional.of(KEY))).isEmpty();
        assertThat(reads).isOne();
    }

    @Test
    void aWriteForgetsItsKeys() {
        read(Optional.of(KEY));
        cache.end(cache.begin(new BatchChanges().add(new Batch().put(KEY, KEY))));

        assertThat(read(Optional.empty())).isEmpty();
    }

    @Test
    void aDeletedRangeForgetsEverything() {
        read(Optional.of(KEY));
        cache.end(cache.begin(new BatchChanges().add(new Batch().deleteRange(KEY, new byte[] {2}))));

        assertThat(read(Optional.empty())).isEmpty();
    }

    @Test
    void whatWasReadBeforeAWriteIsNotKeptAfterIt() {
        var before = cache.get(NAME, () -> {
            cache.end(cache.begin(new BatchChanges().add(new Batch().put(KEY, KEY))));
            return Optional.empty();
        });

        assertThat(before).isEmpty();
        assertThat(read(Optional.of(KEY))).contains(KEY);
    }

    @Test
    void whatIsReadDuringAWriteIsNotKept() {
        var touched = cache.begin(new BatchChanges().add(new Batch().put(KEY, KEY)));
        assertThat(read(Optional.empty())).isEmpty();
        assertThat(read(Optional.of(KEY))).contains(KEY);
        cache.end(touched);

        assertThat(read(Optional.of(KEY))).contains(KEY);
        assertThat(read(Optional.empty())).contains(KEY);
    }

    private Optional<byte[]> read(Optional<byte[]> there) {
        return cache.get(NAME, () -> {
            reads++;
            return there;
        });
    }
}
