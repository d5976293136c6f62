package io.legion.store.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.spi.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    private record Case(Path file, String what, Damage damage) {}

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
        cases(store).parallelStream().forEach(one -> {
            try {
                damage(how, store, one, records);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        });
        table.forEach((line, fates) -> System.out.printf("%-34s %s%n", line, fates));
    }

    private List<Case> cases(Path store) throws IOException {
        var cases = new ArrayList<Case>();
        for (var file : files(store)) {
            cases.add(new Case(file, "gone", Files::delete));
            for (double part : CUTS) {
                cases.add(new Case(file, "cut", damaged -> cut(damaged, part)));
            }
            long bits = Files.size(store.resolve(file)) * 8;
            for (int i = 0; i < FLIPS && bits > 0; i++) {
                long bit = random.nextLong(bits);
                cases.add(new Case(file, "bit", damaged -> StoreFiles.flip(damaged, bit)));
            }
        }
        return cases;
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

    private void damage(String how, Path store, Case one, int records) throws IOException {
        var copy = copy(store, one.file());
        one.damage().to(copy.resolve(one.file()));
        var again = copy(copy, one.file());
        var told = how + " " + one.file() + " " + one.what();
        var fate = fate(copy, records, told);
        boolean replaced = isReplaced(again, told);
        assertThat(replaced)
                .as("%s, %s: a new node begins", told, fate)
                .isEqualTo(fate != Fate.REFUSED || !isOurs(one.file()));
        note(how + " " + kind(one.file()) + " " + one.what(), fate + (replaced ? "" : ", for good"));
        Trees.remove(copy);
        Trees.remove(again);
    }

    private synchronized void note(String line, String fate) {
        table.computeIfAbsent(line, _ -> new TreeMap<>()).merge(fate, 1, Integer::sum);
    }

    /// RocksDB changes no table, so the copies share those that stay as they are.
    private Path copy(Path store, Path damaged) throws IOException {
        var copy = Files.createTempDirectory(home, "copy").resolve("store");
        Trees.copy(store, copy, file -> file.toString().endsWith(".sst") && !file.endsWith(damaged));
        return copy;
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
