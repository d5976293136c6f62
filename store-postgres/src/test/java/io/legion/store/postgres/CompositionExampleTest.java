package io.legion.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Bytes;
import io.legion.service.CaffeineLruCache;
import io.legion.service.Configuration;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import io.legion.store.postgres.database.HikariPostgres;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// The second example of `docs/service-pattern.md`, run.
public final class CompositionExampleTest {

    // region: settings
    /// The part of the configuration file that is about the store.
    public record Settings(HikariPostgres.Config postgres, CaffeineLruCache.Config cache, PostgresStore.Config store) {}
    // end: settings

    // region: main
    static void run(Settings settings, Logger log, Monitor monitor, Consumer<Store> program) {
        try (var postgres = HikariPostgres.open(settings.postgres(), log.named("postgres"), monitor);
                var cache = CaffeineLruCache.<Bytes, Optional<byte[]>>open(
                        settings.cache(), PostgresStore::weight, monitor.under("store"));
                var store = PostgresStore.open(settings.store(), postgres, cache, log.named("store"), monitor)) {
            program.accept(store);
        }
    }
    // end: main

    @Test
    void theServicesStandOnEachOther() throws Exception {
        var server = TestServer.shared();
        var schema = TestServer.newSchema();
        var settings = Configuration.parse(
                "store.yaml",
                "postgres: {url: '" + server.url() + "', user: legion, passwordFile: '" + server.passwordFile()
                        + "'}\ncache: {maximum: 1000000}\nstore: {schema: " + schema + "}\n",
                Settings.class);
        byte[] key = {1};
        try (var logger = RecordingLogger.open();
                var monitor = RecordingMonitor.open()) {
            run(settings, logger, monitor, store -> {
                store.identify(Ledger.IDENTITY);
                store.write(new Batch().put(key, key), Durability.FORCED);
            });
            run(settings, logger, monitor, store -> {
                assertThat(store.stoppedCleanly()).isTrue();
                assertThat(store.get(key)).isEqualTo(key);
                assertThat(store.get(key)).isEqualTo(key);
            });
            assertThat(monitor.counts()).containsEntry("store.cache.hits", 1L).containsEntry("store.cache.misses", 1L);
        }
        server.execute("DROP SCHEMA " + schema + " CASCADE");
    }
}
