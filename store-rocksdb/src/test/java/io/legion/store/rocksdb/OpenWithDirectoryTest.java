package io.legion.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.NodeId;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.StoreException;
import io.legion.spi.StoreIdentity;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a first program opens: a directory, and nothing else.
final class OpenWithDirectoryTest {

    private static final StoreIdentity IDENTITY =
            new StoreIdentity(new UUID(1, 1), "first", new NodeId(5), 1, 8, new TreeMap<>());
    private static final byte[] KEY = {1};
    private static final byte[] VALUE = {2};

    @TempDir
    private Path home;

    private final PrintStream standardError = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void divertTheStandardError() {
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restoreTheStandardError() {
        System.setErr(standardError);
    }

    @Test
    void whatItKeepsIsThereTheNextTimeAndTheStandardErrorNamesIt() {
        try (var store = RocksDbStore.open(home.resolve("store"))) {
            store.identify(IDENTITY);
            store.write(new Batch().put(KEY, VALUE), Durability.HANDED_OVER);
        }
        try (var store = RocksDbStore.open(home.resolve("store"))) {
            assertThat(store.get(KEY)).isEqualTo(VALUE);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("INFO store: Opened the store " + home.resolve("store") + ", a new one.")
                .contains("INFO store: Closed the store.");
    }

    @Test
    void aDirectoryInUseIsRefused() {
        try (var _ = RocksDbStore.open(home.resolve("store"))) {
            assertThatThrownBy(() -> RocksDbStore.open(home.resolve("store")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("in use");
        }
    }
}
