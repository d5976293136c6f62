package io.legion.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.Legion;
import io.legion.Search;
import io.legion.core.Consistency;
import io.legion.core.Tag;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real processes that found a cluster from a file, and are killed (`kill -9`) on the way: the next one goes on, and in
/// the end everything is there once, and found.
final class FoundingKillTest {
    private static final int LINES = Integer.getInteger("legion.founding.lines", 200_000);
    private static final int KILLS = Integer.getInteger("legion.founding.kills", 4);

    @TempDir
    private Path home;

    @Test
    void aFoundingThatIsKilledGoesOnAndLacksNothing() throws IOException, InterruptedException {
        var file = lines();
        var random = new Random(16);
        var before = new Reading(0, 0);
        for (int kill = 1; kill <= KILLS; kill++) {
            long least = (long) LINES * kill / (KILLS + 2);
            var reading = found(file, least + random.nextInt(LINES / 20));
            assertThat(reading.last()).isLessThan(LINES);
            requireGoingOn(before, reading);
            before = reading;
        }
        var last = found(file, Long.MAX_VALUE);
        assertThat(last.last()).isEqualTo(LINES);
        requireGoingOn(before, last);
        Files.delete(file);
        check();
    }

    /// What a process said it had read.
    private record Reading(long first, long last) {}

    /// At most what one write takes is read again.
    private static void requireGoingOn(Reading before, Reading next) {
        assertThat(next.first()).isBetween(before.last() - 20_000, before.last() + 20_000);
        if (before.last() > 20_000) {
            assertThat(next.first()).isPositive();
        }
    }

    private Path lines() throws IOException {
        var file = home.resolve("item.jsonl");
        try (var out = Files.newBufferedWriter(file)) {
            for (int number = 0; number < LINES; number++) {
                out.write("{\"key\":\"item-" + number + "\",\"state\":{\"number\":" + number + ",\"text\":\""
                        + "x".repeat(number % 80) + "\"}}\n");
            }
        }
        return file;
    }

    /// Starts a process that founds the cluster, and kills it when it has read so many lines.
    private Reading found(Path file, long killedAt) throws IOException, InterruptedException {
        var child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx64m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        KilledWriter.classPath(),
                        FoundingProcess.class.getName(),
                        home.resolve("store").toString(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var lines = new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
            long first = -1;
            long last = -1;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                last = Long.parseLong(line);
                first = first < 0 ? last : first;
                if (last >= killedAt) {
                    child.toHandle().destroyForcibly();
                }
            }
            int exit = child.waitFor();
            assertThat(exit == 0).isEqualTo(killedAt == Long.MAX_VALUE);
            return new Reading(first, last);
        } finally {
            child.destroyForcibly();
        }
    }

    private void check() {
        try (var store = RocksPlace.open(home.resolve("store"));
                var legion = Legion.named("shop").store(store).open(FoundingProcess.ITEMS)) {
            var items = legion.partitions(FoundingProcess.ITEMS);
            for (int number = 0; number < LINES; number += 97) {
                var expected = new FoundingProcess.Item(number, number % 80 == 0 ? "" : "x".repeat(number % 80));
                assertThat(items.of("item-" + number).read(Consistency.FAST)).isEqualTo(expected);
            }
            assertThat(items.searchAll(Search.all().limit(1_000)).count()).isEqualTo(LINES);
            assertThat(items.searchAll(Search.of(Tag.of("rest", 7))).count()).isEqualTo((LINES + 992) / 1_000);
        }
    }
}
