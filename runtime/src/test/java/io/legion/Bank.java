package io.legion;

import io.legion.memory.SoloCluster;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import io.legion.spi.Store;
import java.util.function.UnaryOperator;

/// A Legion with accounts for a test, on a store that outlives it; closing it fails on an unexpected warning.
public record Bank(Legion legion, Partitions<Account> accounts, RecordingLogger logger) implements AutoCloseable {

    public static Bank open(Store store) {
        return open(store, settings -> settings);
    }

    public static Bank open(Store store, UnaryOperator<LegionBuilder> change) {
        var logger = RecordingLogger.open();
        var settings = change.apply(Legion.named("bank").shards(16)).settings();
        var legion = Legion.with(settings)
                .store(store)
                .cluster(SoloCluster.open())
                .logger(logger)
                .monitor(RecordingMonitor.open())
                .open(Account.TYPE);
        return new Bank(legion, legion.partitions(Account.TYPE), logger);
    }

    @Override
    public void close() {
        legion.close();
        logger.close();
    }
}
