package io.legion.benchmarks;

import io.legion.Legion;
import io.legion.core.Bytes;
import io.legion.core.PartitionType;
import io.legion.memory.MemoryStore;
import io.legion.memory.SoloCluster;
import io.legion.service.ByteSize;
import io.legion.service.CaffeineLruCache;
import io.legion.service.Managed;
import io.legion.service.MicrometerMonitor;
import io.legion.service.Monitor;
import io.legion.service.RecordingLogger;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import io.legion.store.postgres.PostgresStore;
import io.legion.store.postgres.database.HikariPostgres;
import io.legion.store.postgres.server.PrivatePostgres;
import io.legion.store.rocksdb.RocksDbStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where the state is kept, and how far an event is stored before its answer.
public enum Setting {
    /// [MemoryStore] gives one durability only.
    MEMORY_STORE(Durability.MEMORY) {
        @Override
        Managed<? extends Store> store(Path directory, RecordingLogger logger, Monitor monitor) {
            return Managed.of(() -> MemoryStore.open(new MemoryStore.Config(new ByteSize(1L << 30))));
        }
    },
    ROCKSDB_MEMORY(Durability.MEMORY),
    ROCKSDB_HANDED_OVER(Durability.HANDED_OVER),
    ROCKSDB_FORCED(Durability.FORCED),
    /// On a private server on the same machine.
    POSTGRES_MEMORY(Durability.MEMORY) {
        @Override
        Managed<? extends Store> store(Path directory, RecordingLogger logger, Monitor monitor) {
            return postgres(directory, logger, monitor);
        }
    },
    /// On a private server on the same machine.
    POSTGRES_FORCED(Durability.FORCED) {
        @Override
        Managed<? extends Store> store(Path directory, RecordingLogger logger, Monitor monitor) {
            return postgres(directory, logger, monitor);
        }
    };

    private final Durability durability;

    Setting(Durability durability) {
        this.durability = durability;
    }

    Managed<? extends Store> store(Path directory, RecordingLogger logger, Monitor monitor) {
        return Managed.of(() -> RocksDbStore.open(RocksDbStore.Config.of(directory), logger, monitor));
    }

    /// A node that is alone.
    Managed<Legion> node(Path directory, PartitionType<?> type) {
        var settings = Legion.named("benchmark").durability(durability).settings();
        return Managed.of(RecordingLogger::open)
                .flatMap(logger -> monitor()
                        .flatMap(monitor -> store(directory, logger, monitor)
                                .flatMap(store -> Managed.of(SoloCluster::open)
                                        .flatMap(cluster -> Managed.of(() -> Legion.with(settings)
                                                .store(store)
                                                .cluster(cluster)
                                                .logger(logger)
                                                .monitor(monitor)
                                                .open(type))))));
    }

    private static Managed<PostgresStore> postgres(Path directory, RecordingLogger logger, Monitor monitor) {
        return Managed.of(() -> PrivatePostgres.open(new PrivatePostgres.Config(directory, null, 0, Map.of()), logger))
                .flatMap(server -> Managed.of(() -> HikariPostgres.open(server.client(), logger, monitor)))
                .flatMap(postgres -> Managed.of(() -> CaffeineLruCache.<Bytes, Optional<byte[]>>open(
                                new CaffeineLruCache.Config(32 << 20), PostgresStore::weight, monitor))
                        .flatMap(cache -> Managed.of(() -> PostgresStore.open(
                                PostgresStore.Config.of("benchmark"), postgres, cache, logger, monitor))));
    }

    private static Managed<MicrometerMonitor> monitor() {
        return Managed.of(() -> MicrometerMonitor.open(new MicrometerMonitor.Config(false), new SimpleMeterRegistry()));
    }
}
