package io.legion.memory;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.runtime.storage.ShardLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Logs that share chunks, each against a plain sorted map; and what was seen of them once against what it was then.
final class MemoryLogModelTest {
    private static final int LOGS = 3;
    private static final int STEPS = 20_000;

    private record Value(long sequence, int size, int hash) {
        static Value of(long sequence, byte[] value) {
            return new Value(sequence, value.length, Arrays.hashCode(value));
        }
    }

    /// What a scan was given, and what that was.
    private record Version(List<MemoryEntry> entries, List<Value> values) {}

    private final CheckedChunks chunks = new CheckedChunks();
    private final List<MemoryLog> logs = new ArrayList<>();
    private final List<NavigableMap<Long, byte[]>> models = new ArrayList<>();
    private final List<Version> versions = new ArrayList<>();

    MemoryLogModelTest() {
        for (int i = 0; i < LOGS; i++) {
            logs.add(new MemoryLog(i, new ParticipantId(new NodeId(1), 1), chunks));
            models.add(new TreeMap<>());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void itIsTheSameAsASortedMap(long seed) {
        var random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            int number = random.nextInt(LOGS);
            change(random, logs.get(number), models.get(number));
            look(random, logs.get(number), models.get(number));
        }
        for (var version : versions) {
            assertThat(values(version.entries)).isEqualTo(version.values);
        }
        for (int i = 0; i < LOGS; i++) {
            delete(logs.get(i), models.get(i), 0, MemoryLog.END);
        }
        assertThat(chunks.inUse()).isZero();
    }

    private static void change(Random random, MemoryLog log, NavigableMap<Long, byte[]> model) {
        long first = model.isEmpty() ? random.nextInt(1_000) : model.firstKey();
        long last = model.isEmpty() ? first : model.lastKey();
        long some = first + random.nextLong(last - first + 1);
        int kind = random.nextInt(1_000);
        if (kind < 700) {
            put(random, log, model, last + 1);
        } else if (kind < 800) {
            put(random, log, model, some);
        } else if (kind < 803) {
            put(random, log, model, last + random.nextInt(100));
        } else if (kind < 960) {
            delete(log, model, some, some + 1);
        } else if (kind < 998) {
            delete(log, model, first, first + random.nextInt(30));
        } else if (kind < 999) {
            delete(log, model, some, last);
        } else {
            delete(log, model, 0, MemoryLog.END);
        }
    }

    private static void put(Random random, MemoryLog log, NavigableMap<Long, byte[]> model, long sequence) {
        byte[] value = TestValues.some(random);
        int before = random.nextInt(10);
        byte[] source = TestValues.of(random, before + value.length + random.nextInt(10));
        System.arraycopy(value, 0, source, before, value.length);
        log.put(sequence, source, before, value.length);
        Arrays.fill(source, (byte) 0x55);
        model.put(sequence, value);
    }

    private static void delete(MemoryLog log, NavigableMap<Long, byte[]> model, long from, long to) {
        log.delete(from, to);
        model.subMap(from, to).clear();
    }

    private void look(Random random, MemoryLog log, NavigableMap<Long, byte[]> model) {
        long some = model.isEmpty() ? 0 : model.firstKey() - 1 + random.nextInt(model.size() + 2);
        assertThat(log.get(some)).isEqualTo(model.get(some));
        assertThat(log.isEmpty()).isEqualTo(model.isEmpty());
        if (logs.stream().allMatch(MemoryLog::isEmpty)) {
            assertThat(chunks.inUse()).isZero();
        }
        if (random.nextInt(200) == 0) {
            assertThat(log.bytes()).isEqualTo(bytes(model));
            assertThat(chunks.inUse()).isLessThanOrEqualTo(LOGS + entries());
            scan(log, model, 0, MemoryLog.END);
            scan(log, model, some, some + random.nextInt(200));
        }
    }

    private int entries() {
        return models.stream().mapToInt(Map::size).sum();
    }

    private static long bytes(NavigableMap<Long, byte[]> model) {
        return model.values().stream()
                .mapToLong(value -> ShardLayout.ENTRY_BYTES + value.length)
                .sum();
    }

    private void scan(MemoryLog log, NavigableMap<Long, byte[]> model, long from, long to) {
        var entries = new ArrayList<MemoryEntry>();
        log.forEach(from, to, entries::add);
        var expected = new ArrayList<Value>();
        model.subMap(from, to).forEach((sequence, value) -> expected.add(Value.of(sequence, value)));
        assertThat(values(entries)).isEqualTo(expected);
        versions.add(new Version(entries, expected));
    }

    private static List<Value> values(List<MemoryEntry> entries) {
        var values = new ArrayList<Value>();
        for (var entry : entries) {
            values.add(Value.of(ShardLayout.sequenceOf(entry.key), requireNonNull(entry.value)));
        }
        return values;
    }
}
