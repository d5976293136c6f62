package io.legion.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.spi.Durability;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Real processes that write and are killed (`kill -9`): every batch that they said was acknowledged is there,
/// whole. No kill is taken for damage.
@Execution(ExecutionMode.CONCURRENT)
final class KillTest {

    private static final int ROUNDS = Integer.getInteger("legion.kill.rounds", 3);

    @TempDir
    private Path home;

    @Test
    void whatWasHandedOverSurvivesAKill() throws IOException, InterruptedException {
        rounds(Durability.HANDED_OVER);
    }

    @Test
    void whatWasForcedSurvivesAKill() throws IOException, InterruptedException {
        rounds(Durability.FORCED);
    }

    @Test
    void whatAKillTookFromMemoryIsNoDamage() throws IOException, InterruptedException {
        var directory = home.resolve("memory");
        for (int round = 0; round < ROUNDS; round++) {
            writeAndKill(directory, Durability.MEMORY, round, 100);
            try (var store = RocksPlace.open(directory)) {
                assertThat(store.complete()).isFalse();
                assertThat(store.damage()).isEmpty();
            }
        }
    }

    private void rounds(Durability durability) throws IOException, InterruptedException {
        var random = new Random(41);
        var directory = home.resolve(durability.name());
        for (int round = 0; round < ROUNDS; round++) {
            long acknowledged = writeAndKill(directory, durability, round, 100 + random.nextInt(500));
            check(directory, round, acknowledged);
        }
    }

    private static long writeAndKill(Path directory, Durability durability, int round, int kills)
            throws IOException, InterruptedException {
        var child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx128m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        KilledWriter.classPath(),
                        KilledWriter.class.getName(),
                        directory.toString(),
                        durability.name(),
                        Integer.toString(round))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
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

    private static void check(Path directory, int round, long acknowledged) {
        try (var store = RocksPlace.open(directory)) {
            assertThat(store.stoppedCleanly()).isFalse();
            assertThat(store.damage()).isEmpty();
            assertThat(store.complete()).isTrue();
            for (long i = 0; i <= acknowledged; i++) {
                for (int copy = 0; copy < KilledWriter.COPIES; copy++) {
                    var value = store.get(KilledWriter.key(round, i, copy));
                    assertThat(value).as("batch %d of round %d", i, round).isNotNull();
                    assertThat(ByteBuffer.wrap(value).getLong()).isEqualTo(i);
                }
            }
            assertThat(store.get(KilledWriter.key(round, acknowledged + 2, 0))).isNull();
        }
    }
}
