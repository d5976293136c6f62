package io.legion.runtime.start;

import io.legion.memory.MemoryStore;
import io.legion.memory.SoloCluster;
import io.legion.recording.Pseudonyms;
import io.legion.service.ByteSize;
import io.legion.service.ConsoleLogger;
import io.legion.service.GuardedTracer;
import io.legion.service.Logger;
import io.legion.service.Managed;
import io.legion.service.Monitor;
import io.legion.service.Tracer;
import io.legion.spi.Cluster;
import io.legion.spi.Store;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The services that a node uses.
///
/// @param tracer null where nobody traces
/// @param pseudonyms what recordings show in place of what nobody is to see
record Surroundings(
        Store store,
        Cluster cluster,
        Logger logger,
        Monitor monitor,
        @Nullable Tracer tracer,
        List<Pseudonyms<?>> pseudonyms) {
    /// What the default store holds at most.
    private static final ByteSize MEMORY = new ByteSize(256L << 20);

    /// Those that the caller gives, which the caller closes; in place of null a default, opened and closed here.
    static Managed<Surroundings> of(
            @Nullable Store store,
            @Nullable Cluster cluster,
            @Nullable Logger logger,
            @Nullable Monitor monitor,
            @Nullable Tracer tracer,
            List<Pseudonyms<?>> pseudonyms) {
        Managed<? extends Logger> log = logger == null ? Managed.of(ConsoleLogger::open) : Managed.pure(logger);
        Managed<? extends Store> kept = store == null
                ? Managed.of(() -> MemoryStore.open(new MemoryStore.Config(MEMORY)))
                : Managed.pure(store);
        Managed<? extends Cluster> peers = cluster == null ? Managed.of(SoloCluster::open) : Managed.pure(cluster);
        var meters = monitor == null ? Monitor.none() : monitor;
        var spans = tracer == null ? null : GuardedTracer.of(tracer);
        return log.flatMap(says -> kept.flatMap(
                keeps -> peers.map(sends -> new Surroundings(keeps, sends, says, meters, spans, pseudonyms))));
    }
}
