package io.legion.benchmarks.cluster.subject;

import io.legion.memory.MemoryStore;
import io.legion.service.ByteSize;
import io.legion.service.Logger;
import io.legion.service.Managed;
import io.legion.service.Monitor;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import io.legion.store.rocksdb.RocksDbStore;
import java.nio.file.Path;

/// Where Legion keeps the state, and how far an event is stored before it is sent or answered.
public enum Kept {
    /// In memory.
    MEMORY(Durability.MEMORY) {
        @Override
        Managed<? extends Store> store(Path directory, Logger logger, Monitor monitor) {
            return Managed.of(() -> MemoryStore.open(new MemoryStore.Config(new ByteSize(1L << 30))));
        }
    },
    /// In RocksDB, handed over to the operating system.
    ROCKSDB(Durability.HANDED_OVER),
    /// In RocksDB, forced to disk.
    ROCKSDB_FORCED(Durability.FORCED);

    private final Durability durability;

    Kept(Durability durability) {
        this.durability = durability;
    }

    Durability durability() {
        return durability;
    }

    Managed<? extends Store> store(Path directory, Logger logger, Monitor monitor) {
        return Managed.of(() -> RocksDbStore.open(RocksDbStore.Config.of(directory), logger, monitor));
    }
}
