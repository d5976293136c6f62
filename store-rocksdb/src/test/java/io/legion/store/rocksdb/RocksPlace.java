package io.legion.store.rocksdb;

import io.legion.contracts.StorePlace;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A store in a directory of its own. A crash is the copy of the directory as it is while the store is open:
/// what a killed process would leave to the next.
final class RocksPlace implements StorePlace {

    private final Path home;
    private Path directory;
    private int crashes;
    private @Nullable RocksDbStore store;

    RocksPlace(Path home) {
        this.home = home;
        this.directory = home.resolve("store");
    }

    static RocksDbStore open(Path directory) {
        return RocksDbStore.open(
                RocksDbStore.Config.of(directory),
                RecordingLogger.open(new RecordingLogger.Config(1000)),
                RecordingMonitor.open());
    }

    /// Where the store is.
    Path directory() {
        return directory;
    }

    @Override
    public RocksDbStore open() {
        var opened = open(directory);
        store = opened;
        return opened;
    }

    @Override
    public void shut() {
        if (store != null) {
            store.close();
        }
    }

    @Override
    public void crash() {
        var left = home.resolve("crash-" + ++crashes);
        Trees.copy(directory, left);
        shut();
        Trees.remove(directory);
        directory = left;
    }

    @Override
    public void close() {
        shut();
        Trees.remove(home);
    }

    static RocksPlace temporary() {
        try {
            return new RocksPlace(Files.createTempDirectory("legion-store"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
