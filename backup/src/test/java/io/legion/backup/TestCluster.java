package io.legion.backup;

import io.legion.Legion;
import io.legion.LegionBuilder;
import io.legion.core.Consistency;
import io.legion.core.PartitionKey;
import io.legion.memory.MemoryStore;
import io.legion.service.ByteSize;
import io.legion.service.RecordingLogger;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.UnaryOperator;

/// A cluster of one node in memory.
final class TestCluster implements AutoCloseable {
    static final int SHARDS = 4;

    final RecordingLogger logger = RecordingLogger.open();
    final MemoryStore store = MemoryStore.open(new MemoryStore.Config(new ByteSize(256L << 20)));
    final Legion legion;

    private TestCluster(UnaryOperator<LegionBuilder> choices) {
        this.legion = choices.apply(
                        Legion.named("counters").shards(SHARDS).store(store).logger(logger))
                .open(Counter.TYPE);
    }

    static TestCluster open() {
        return new TestCluster(builder -> builder);
    }

    static TestCluster foundedFrom(Backup backup) {
        return new TestCluster(builder -> builder.founding(backup.readableBy(Counter.TYPE)));
    }

    static TestCluster foundedFrom(Backup backup, int shards) {
        return new TestCluster(builder -> builder.shards(shards).founding(backup.readableBy(Counter.TYPE)));
    }

    /// Gives so many partitions a text of a hundred letters that do not repeat.
    void fill(int partitions) {
        for (int i = 0; i < partitions; i++) {
            write("key-" + i, noise(i));
        }
    }

    static String noise(int seed) {
        var text = new StringBuilder();
        new Random(seed).ints(100, 'a', 'z' + 1).forEach(letter -> text.append((char) letter));
        return text.toString();
    }

    void write(String key, String text) {
        var _ = legion.partitions(Counter.TYPE).of(key).request(new Counter.Write(text), Consistency.FAST);
    }

    long count(String key) {
        return legion.partitions(Counter.TYPE)
                .of(key)
                .request(new Counter.Count(), Consistency.FAST)
                .output();
    }

    Counter read(String key) {
        return legion.partitions(Counter.TYPE).of(key).read(Consistency.FINAL);
    }

    BackupSummary backUp(Path directory) {
        return backUp(directory, BackupSettings.USUAL);
    }

    BackupSummary backUp(Path directory, BackupSettings settings) {
        return Backup.take(ClusterSource.of(legion), directory, settings, BackupProgress.NONE);
    }

    static Counter in(Backup backup, String key) {
        return backup.find("counter", PartitionKey.of(key))
                .map(state -> Counter.TYPE.stateCodec().decode(state.shared()))
                .orElse(Counter.TYPE.initial());
    }

    @Override
    public void close() {
        legion.close();
        store.close();
        logger.close();
    }
}
