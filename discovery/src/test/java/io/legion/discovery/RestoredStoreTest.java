package io.legion.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.Legion;
import io.legion.StartupException;
import io.legion.discovery.registry.Registrations;
import io.legion.founding.FoundingData;
import io.legion.memory.MemoryStore;
import io.legion.service.ByteSize;
import io.legion.service.RecordingLogger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The files of a store are not needed: the mark is beside them.
final class RestoredStoreTest {
    @TempDir
    private Path home;

    private final MemoryStore store = MemoryStore.open(new MemoryStore.Config(new ByteSize(64L << 20)));
    private final RecordingLogger logger = RecordingLogger.open();
    private Path mark = Path.of("");

    @BeforeEach
    void names() {
        mark = home.resolve("node-1.restoring");
    }

    @AfterEach
    void close() {
        store.close();
        logger.close();
    }

    private void restore(String title) throws IOException {
        var data = FoundingData.of(title, Registrations.TYPE, Stream::empty);
        var settings = Legion.named("registry").shards(4).settings();
        var founded = new RestoredStore(home.resolve("node-1"), store, logger).found(settings, data);
        assertThat(founded.clusterName()).isEqualTo("registry");
    }

    @Test
    void aStoreOfAClusterIsLeftAsItIs() throws IOException {
        restore("backup 1");
        assertThat(mark).doesNotExist();

        assertThatThrownBy(() -> restore("backup 1"))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("belongs to the cluster 'registry', so nothing was restored")
                .hasMessageContaining("The store is as it was");
    }

    /// Ended after the cluster was founded, and before the mark was taken away.
    @Test
    void anInterruptedRestoreEndsWithTheSameBackup() throws IOException {
        restore("backup 1");
        Files.writeString(mark, "backup 1\n");

        restore("backup 1");

        assertThat(mark).doesNotExist();
    }

    /// The cluster that is there would be taken for that of the other backup.
    @Test
    void anInterruptedRestoreTakesNoOtherBackup() throws IOException {
        restore("backup 1");
        Files.writeString(mark, "backup 1\n");

        assertThatThrownBy(() -> restore("backup 2"))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("A restore of backup 1 into the store")
                .hasMessageContaining("was interrupted, and this would be one of backup 2")
                .hasMessageContaining("move the store and " + mark + " away");
        assertThat(mark).exists();
    }
}
