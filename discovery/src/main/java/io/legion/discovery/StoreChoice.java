package io.legion.discovery;

import io.legion.memory.MemoryStore;
import io.legion.service.ByteSize;
import io.legion.service.Default;
import io.legion.service.Logger;
import io.legion.service.Managed;
import io.legion.service.Monitor;
import io.legion.spi.Store;
import io.legion.store.rocksdb.RocksDbStore;
import java.nio.file.Path;
import java.time.Duration;

/// Where a node keeps its data.
public sealed interface StoreChoice {
    /// The store of this choice.
    Managed<? extends Store> open(Logger logger, Monitor monitor);

    /// An embedded RocksDB.
    ///
    /// @param directory the store's own
    /// @param cache the bytes of blocks read that stay in memory, outside the heap
    /// @param writeBuffer the bytes of changes after which a file is written
    /// @param replaceDamaged whether a store with damaged files begins with nothing, as a new node
    /// @param scrubEvery how often every table is read and compared with its checksums; zero for never
    /// @param scrubRate how many bytes a second that reads
    record RocksDb(
            Path directory,
            @Default("32 MiB") ByteSize cache,
            @Default("16 MiB") ByteSize writeBuffer,
            @Default("false") boolean replaceDamaged,
            @Default("7d") Duration scrubEvery,
            @Default("4 MiB") ByteSize scrubRate)
            implements StoreChoice {
        @Override
        public Managed<RocksDbStore> open(Logger logger, Monitor monitor) {
            var config = new RocksDbStore.Config(directory, cache, writeBuffer, replaceDamaged, scrubEvery, scrubRate);
            return Managed.of(() -> RocksDbStore.open(config, logger, monitor));
        }
    }

    /// The heap: gone with the process.
    ///
    /// @param maximumSize the most bytes of keys and values
    record Memory(@Default("1 GiB") ByteSize maximumSize) implements StoreChoice {
        @Override
        public Managed<MemoryStore> open(Logger logger, Monitor monitor) {
            return Managed.of(() -> MemoryStore.open(new MemoryStore.Config(maximumSize)));
        }
    }
}
