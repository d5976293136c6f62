package io.legion.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Bytes;
import io.legion.service.CaffeineLruCache;
import io.legion.service.ConsoleLogger;
import io.legion.service.Monitor;
import io.legion.spi.Durability;
import io.legion.store.postgres.database.HikariPostgres;
import io.legion.store.postgres.server.PrivatePostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Real processes that write and are killed (`kill -9`): what they said was acknowledged is there, and the next
/// process has the schema at once.
@Timeout(300)
final class PostgresCrashTest {

    private static final int ROUNDS = Integer.getInteger("legion.kill.rounds", 3);

    @Test
    void whatAKilledProcessAcknowledgedIsThere() throws Exception {
        try (var place = new PostgresPlace(TestServer.shared())) {
            var random = new Random(41);
            for (int round = 0; round < ROUNDS; round++) {
                long acknowledged = writeAndKill(place.schema(), round, 100 + random.nextInt(300));
                var store = place.open();
                assertThat(store.stoppedCleanly()).isFalse();
                assertThat(store.complete()).isTrue();
                Ledger.check(store, round, acknowledged);
                assertThat(store.get(Ledger.key(round, acknowledged + 2, 0))).isNull();
                place.shut();
            }
        }
    }

    private static long writeAndKill(String schema, int round, int kills) throws IOException, InterruptedException {
        var child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path")
                                + System.getProperty("path.separator")
                                + System.getProperty("jdk.module.path", ""),
                        PostgresCrashTest.class.getName(),
                        TestServer.shared().url(),
                        TestServer.shared().passwordFile().toString(),
                        schema,
                        Integer.toString(round))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var lines = new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
            long last = -1;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                last = Long.parseLong(line);
                if (last == kills) {
                    // Not the process' own method: that would close the pipe with what it said last.
                    child.toHandle().destroyForcibly();
                }
            }
            child.waitFor();
            assertThat(last).isGreaterThanOrEqualTo(kills);
            return last;
        } finally {
            child.destroyForcibly();
        }
    }

    /// The process: writes until it is killed, and says each batch that was acknowledged.
    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        var config = new HikariPostgres.Config(
                arguments[0],
                PrivatePostgres.USER,
                Path.of(arguments[1]),
                4,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10));
        int round = Integer.parseInt(arguments[3]);
        try (var logger = ConsoleLogger.open();
                var postgres = HikariPostgres.open(config, logger, Monitor.none());
                var cache = CaffeineLruCache.<Bytes, Optional<byte[]>>open(
                        new CaffeineLruCache.Config(1 << 20), PostgresStore::weight, Monitor.none());
                var store = PostgresStore.open(
                        PostgresStore.Config.of(arguments[2]), postgres, cache, logger, Monitor.none())) {
            store.identify(Ledger.IDENTITY);
            for (long i = 0; true; i++) {
                store.write(Ledger.batch(round, i), i % 2 == 0 ? Durability.FORCED : Durability.HANDED_OVER);
                System.out.println(i);
                System.out.flush();
            }
        }
    }
}
