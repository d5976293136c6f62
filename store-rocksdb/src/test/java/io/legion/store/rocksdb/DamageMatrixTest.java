package io.legion.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.spi.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every file of a store, in turn: shortened, with a flipped bit, or gone. The store is refused, says what is
/// missing, fails the reads that meet the damage, or has everything: it never gives a wrong answer. With
/// `replaceDamaged` its next node begins with an empty engine, whatever was damaged in the old one. Prints a
/// table.
///
/// `-Dlegion.damage.flips=100` flips as many bits in each file.
final class DamageMatrixTest {
    private static final int FLIPS = Integer.getInteger("legion.damage.flips", 3);
    private static final List<Double> CUTS = List.of(0.0, 0.5, 0.99);

    /// What became of a store.
    private enum Fate {
        REFUSED,
        NAMED,
        READ_FAILS,
        WHOLE
    }

    /// What is done to one file.
    private interface Damage {
        void to(Path file) throws IOException;
    }

    @TempDir
    private Path home;

    private final Map<String, Map<String, Integer>> table = new TreeMap<>();
    private final Random random = new Random(16);

    @Test
    void noDamageOfAClosedStoreGivesAWrongAnswer() throws IOException {
        all("closed", StoreFiles.closed(home), StoreFiles.RECORDS);
    }

    @Test
    void noDamageOfAKilledStoreGivesAWrongAnswer() throws IOException {
        all("killed", StoreFiles.killed(home), StoreFiles.RECORDS + 200);
    }

    private void all(String how, Path store, int records) throws IOException {
        for (var file : files(store)) {
            damage(how, store, file, records, "gone", Files::delete);
            for (double part : CUTS) {
                damage(how, store, file, records, "cut", damaged -> cut(damaged, part));
            }
            for (int i = 0; i < FLIPS; i++) {
                damage(how, store, file, records, "bit", this::flip);
            }
        }
        table.forEach((line, fates) -> System.out.printf("%-34s %s%n", line, fates));
    }

    private static List<Path> files(Path store) throws IOException {
        try (var files = Files.walk(store)) {
            return files.filter(Files::isRegularFile)
                    .map(store::relativize)
                    .filter(file -> !file.endsWith("lock"))
                    .sorted()
                    .toList();
        }
    }

    private static void cut(Path file, double part) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, (int) (bytes.length * part)));
    }

    private void flip(Path file) throws IOException {
        long bits = Files.size(file) * 8;
        if (bits > 0) {
            StoreFiles.flip(file, random.nextLong(bits));
        }
    }

    private void damage(String how, Path store, Path file, int records, String what, Damage damage) throws IOException {
        var copy = StoreFiles.copy(store, home);
        damage.to(copy.resolve(file));
        var again = StoreFiles.copy(copy, home);
        var told = how + " " + file + " " + what;
        var fate = fate(copy, records, told);
        boolean replaced = isReplaced(again, told);
        assertThat(replaced)
                .as("%s, %s: a new node begins", told, fate)
                .isEqualTo(fate != Fate.REFUSED || !isOurs(file));
        table.computeIfAbsent(how + " " + kind(file) + " " + what, _ -> new TreeMap<>())
                .merge(fate + (replaced ? "" : ", for good"), 1, Integer::sum);
        Trees.remove(copy);
        Trees.remove(again);
    }

    /// Without the marker nobody knows whose the store is.
    private static boolean isOurs(Path file) {
        return file.endsWith("legion-store");
    }

    private static String kind(Path file) {
        return file.toString().replaceAll("\\d{6}", "*").replaceAll("^rocksdb.", "");
    }

    private static Fate fate(Path directory, int records, String told) throws IOException {
        var before = Trees.contents(directory);
        try (var store = StoreFiles.open(directory, false)) {
            return read(store, records, told);
        } catch (StoreException refused) {
            assertThat(refused).as(told).hasMessageContaining(directory.toString());
            assertThat(Trees.contents(directory)).as(told).isEqualTo(before);
            return Fate.REFUSED;
        }
    }

    private static Fate read(RocksDbStore store, int records, String told) {
        if (store.damage().isPresent()) {
            assertThat(store.complete()).as(told).isFalse();
            return Fate.NAMED;
        }
        var fate = Fate.WHOLE;
        for (int i = 0; i < records; i++) {
            try {
                assertThat(store.get(StoreFiles.key(i)))
                        .as("%s: record %d", told, i)
                        .isEqualTo(StoreFiles.value(i));
            } catch (StoreException.Damaged unreadable) {
                fate = Fate.READ_FAILS;
            }
        }
        assertThat(store.warning().isPresent()).as(told).isEqualTo(fate == Fate.READ_FAILS);
        return fate;
    }

    /// Whether the store opens all the same, and its next node begins with nothing and goes on.
    private static boolean isReplaced(Path directory, String told) {
        try (var store = StoreFiles.open(directory, true)) {
            boolean unread = store.damage().isPresent();
            store.identify(StoreFiles.identity(6));
            assertThat(store.complete()).as(told).isTrue();
            StoreFiles.write(store, 0, 3);
            if (!unread) {
                return true;
            }
        } catch (StoreException refused) {
            return false;
        }
        try (var store = StoreFiles.open(directory, true)) {
            assertThat(store.identity()).contains(StoreFiles.identity(6));
            assertThat(store.damage()).as(told).isEmpty();
            assertThat(store.get(StoreFiles.key(2))).as(told).isEqualTo(StoreFiles.value(2));
            return true;
        }
    }
}
