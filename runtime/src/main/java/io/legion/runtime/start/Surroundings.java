package io.legion.runtime.start;

import io.legion.memory.MemoryStore;
import io.legion.memory.SoloCluster;
import io.legion.service.ByteSize;
import io.legion.service.ConsoleLogger;
import io.legion.service.Logger;
import io.legion.service.Managed;
import io.legion.service.Monitor;
import io.legion.spi.Cluster;
import io.legion.spi.Store;
import org.jspecify.annotations.Nullable;

/// The services that a node uses.
record Surroundings(Store store, Cluster cluster, Logger logger, Monitor monitor) {
    /// What the default store holds at most.
    private static final ByteSize MEMORY = new ByteSize(256L << 20);

    /// Those that the caller gives, which the caller closes; in place of null a default, opened and closed here.
    static Managed<Surroundings> of(
            @Nullable Store store, @Nullable Cluster cluster, @Nullable Logger logger, @Nullable Monitor monitor) {
        Managed<? extends Logger> log = logger == null ? Managed.of(ConsoleLogger::open) : Managed.pure(logger);
        Managed<? extends Store> kept = store == null
                ? Managed.of(() -> MemoryStore.open(new MemoryStore.Config(MEMORY)))
                : Managed.pure(store);
        Managed<? extends Cluster> peers = cluster == null ? Managed.of(SoloCluster::open) : Managed.pure(cluster);
        var meters = monitor == null ? Monitor.none() : monitor;
        return log.flatMap(
                says -> kept.flatMap(keeps -> peers.map(sends -> new Surroundings(keeps, sends, says, meters))));
    }
}
