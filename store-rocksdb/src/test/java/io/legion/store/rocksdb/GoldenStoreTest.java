package io.legion.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.Legion;
import io.legion.LegionBuilder;
import io.legion.Search;
import io.legion.StartupException;
import io.legion.core.Applied;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.core.Tag;
import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import io.legion.spi.Durability;
import io.legion.spi.StoreException;
import io.legion.store.rocksdb.files.SealedText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Stores of each published format, kept as they were written: this release opens them, and reads every partition
/// and the index. One of a format that it does not know it refuses, and leaves it as it is.
///
/// `-Dlegion.golden.write=DIR` writes stores of the present formats into a directory. A release with another
/// format adds its own beside the older ones, and never writes those over.
final class GoldenStoreTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
    private static final int PARTITIONS = 40;

    record Words(List<String> words) {}

    record Say(String word) implements Event<Words, Integer> {
        @Override
        public Applied<Words, Integer> apply(Words state, EventContext context) {
            var words = new ArrayList<>(state.words);
            words.add(word);
            return Applied.of(new Words(List.copyOf(words)), words.size());
        }
    }

    private static final PartitionType<Words> TYPE = PartitionType.named("words", new Words(List.of()))
            .events(Say.class)
            .index(state -> Set.of(Tag.of("last", state.words().getLast())));

    @TempDir
    private Path home;

    private final RecordingLogger logger = RecordingLogger.open();

    @ParameterizedTest
    @ValueSource(strings = {"layout-2-closed", "layout-2-killed"})
    void aStoreOfAnEarlierReleaseIsRead(String name) {
        var directory = home.resolve(name);
        Trees.copy(GOLDEN.resolve(name), directory);
        for (int start = 0; start < 2; start++) {
            try (var store = StoreFiles.open(directory, false, logger);
                    var legion = legion().store(store).open(TYPE)) {
                requireAll(legion);
            }
        }
        logger.failOnUnexpected();
    }

    private static void requireAll(Legion legion) {
        var words = legion.partitions(TYPE);
        var index = new TreeMap<String, String>();
        for (int i = 0; i < PARTITIONS; i++) {
            assertThat(words.of("p" + i).read(Consistency.FINAL).words()).isEqualTo(List.of("first" + i, "second" + i));
            index.put("p" + i, "second" + i);
        }
        var found = new TreeMap<String, String>();
        try (var records = words.searchAll(Search.named("last"))) {
            records.forEach(
                    record -> found.put(record.key().text(), record.tag().text()));
        }
        assertThat(found.keySet()).isEqualTo(index.keySet());
        index.forEach((key, last) -> assertThat(found.get(key)).contains(last));
    }

    @Test
    void aStoreOfALaterFormatIsRefusedByItsName() throws IOException {
        refused("legion-store 2\n", "legion-store 3\n", StoreException.class)
                .hasMessageContaining("its format is 3")
                .hasMessageContaining("a newer version wrote it");
    }

    @Test
    void aStoreWithALaterLayoutIsRefusedByItsName() throws IOException {
        refused("\nformat=2\n", "\nformat=3\n", StartupException.class)
                .hasMessageContaining("The store has the layout 3, and this version knows 2")
                .hasMessageContaining("or a later one");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(
            String now, String later, Class<? extends Exception> kind) throws IOException {
        var directory = home.resolve("later");
        Trees.copy(GOLDEN.resolve("layout-2-closed"), directory);
        var marker = directory.resolve("legion-store");
        var text = SealedText.open(Files.readAllBytes(marker));
        assertThat(text).contains(now);
        Files.write(marker, SealedText.seal(text.replace(now, later)));
        return assertThatThrownBy(() -> {
                    try (var store = StoreFiles.open(directory, false);
                            var legion = legion().store(store).open(TYPE)) {
                        requireAll(legion);
                    }
                })
                .isInstanceOf(kind);
    }

    private LegionBuilder legion() {
        return Legion.named("golden").shards(4).durability(Durability.FORCED).logger(logger.named("legion"));
    }

    /// Writes them, if somebody wishes that.
    @Test
    void goldenStoresAreWrittenOnRequest() {
        var wished = System.getProperty("legion.golden.write", "");
        var to = wished.isEmpty() ? home : Path.of(wished);
        var closed = home.resolve("written");
        try (var store = StoreFiles.open(closed, false);
                var legion = legion().store(store).open(TYPE)) {
            say(legion, "first");
        }
        try (var store = StoreFiles.open(closed, false);
                var legion = legion().store(store).open(TYPE)) {
            say(legion, "second");
            requireAll(legion);
            store.inside().raiseFloor();
            Trees.copy(closed, to.resolve("killed"));
        }
        Trees.copy(closed, to.resolve("closed"));
        assertThat(to.resolve("closed")).isDirectory();
        assertThat(SealedText.open(bytes(to.resolve("closed").resolve("legion-store"))))
                .as("the formats of the stores that are kept")
                .contains("legion-store 2\n", "\nformat=2\n");
        logger.allow(Logger.Priority.WARNING, "");
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void say(Legion legion, String word) {
        for (int i = 0; i < PARTITIONS; i++) {
            legion.partitions(TYPE).of("p" + i).request(new Say(word + i), Consistency.FINAL);
        }
    }
}
