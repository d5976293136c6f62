package io.legion.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.runtime.lane.TestLanes;
import io.legion.runtime.storage.ShardLayout;
import io.legion.service.ByteSize;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.StoreException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The store in memory against a plain sorted map, with keys such as shards have, and odd ones near them.
final class MemoryStoreModelTest {
    private static final int STEPS = 3_000;
    private static final int SMALL = 1_500;
    private static final int MEDIUM = 100_000;
    private static final int LARGE = 1 << 30;
    private static final long[] EDGES = {
        0, 1, 40, 5_000_000_000L, Long.MAX_VALUE - 1, Long.MAX_VALUE, -1, Long.MIN_VALUE
    };

    private Random random = new Random();
    private TreeMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
    private MemoryStore store = TestLanes.memory();

    /// The logs' ends, between which most entries lie.
    private long first;

    private long last;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void itIsTheSameAsASortedMap(long seed) {
        begin(seed, LARGE);
        for (int step = 0; step < STEPS; step++) {
            change();
            look();
        }
        assertThat(model).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void whatIsBeyondTheBoundChangesNothing(long seed) {
        requireNothingChangesBeyond(SMALL, seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void whatIsBeyondTheBoundChangesNothingThoughTheValuesAreLong(long seed) {
        requireNothingChangesBeyond(MEDIUM, seed);
    }

    /// A refused batch leaves everything as it was, and what has room is written after it.
    private void requireNothingChangesBeyond(int bound, long seed) {
        int refused = 0;
        begin(seed, bound);
        for (int step = 0; step < STEPS; step++) {
            if (!change()) {
                refused++;
            }
            look();
        }
        assertThat(refused).isPositive();
    }

    private void begin(long seed, long bound) {
        random = new Random(seed);
        store = MemoryStore.open(new MemoryStore.Config(new ByteSize(bound)));
        store.identify(TestLanes.identity(1, 4));
        model = new TreeMap<>(Arrays::compareUnsigned);
        first = 1;
        last = 1;
        maximum = bound;
    }

    private long maximum;

    /// False if the batch was refused, as it should be.
    private boolean change() {
        var batch = new Batch();
        var after = new TreeMap<>(model);
        for (int i = random.nextInt(6); i >= 0; i--) {
            add(batch, after);
        }
        long bytes = size(after);
        if (bytes > maximum && bytes > size(model)) {
            assertThatThrownBy(() -> store.write(batch, Durability.MEMORY)).isInstanceOf(StoreException.Full.class);
            return false;
        }
        store.write(batch, Durability.MEMORY);
        model = after;
        return true;
    }

    private void add(Batch batch, SortedMap<byte[], byte[]> after) {
        int kind = random.nextInt(100);
        if (kind < 65) {
            put(batch, after, entry(last++));
        } else if (kind < 75) {
            put(batch, after, key());
        } else if (kind < 90) {
            delete(batch, after, kind < 80 ? entry(first++) : key());
        } else if (kind < 97) {
            long end = Math.min(last, first + random.nextInt(60));
            deleteRange(batch, after, entry(0, 1, first), entry(0, 1, end));
            first = end;
        } else {
            deleteRange(batch, after, key(), key());
        }
    }

    private void put(Batch batch, SortedMap<byte[], byte[]> after, byte[] key) {
        byte[] value = maximum == SMALL ? TestValues.of(random, random.nextInt(20)) : TestValues.some(random);
        batch.put(key, value);
        after.put(key, value);
    }

    private static void delete(Batch batch, SortedMap<byte[], byte[]> after, byte[] key) {
        batch.delete(key);
        after.remove(key);
    }

    private static void deleteRange(Batch batch, SortedMap<byte[], byte[]> after, byte[] from, byte[] to) {
        batch.deleteRange(from, to);
        if (Arrays.compareUnsigned(from, to) < 0) {
            after.subMap(from, to).clear();
        }
    }

    private static long size(SortedMap<byte[], byte[]> map) {
        return map.entrySet().stream()
                .mapToLong(entry -> entry.getKey().length + entry.getValue().length)
                .sum();
    }

    private byte[] entry(long sequence) {
        return entry(0, 1, sequence);
    }

    private static byte[] entry(int shard, long node, long sequence) {
        return ShardLayout.entry(shard, new ParticipantId(new NodeId(node), 1), sequence);
    }

    /// A key of any kind; at times of an entry and cut off, or longer than one.
    private byte[] key() {
        byte[] usual = entry(random.nextInt(10) == 0 ? 65_535 : random.nextInt(3), random.nextInt(3) - 1, sequence());
        return switch (random.nextInt(8)) {
            case 0 -> Arrays.copyOf(usual, 1 + random.nextInt(usual.length));
            case 1 -> Arrays.copyOf(usual, usual.length + 1 + random.nextInt(2));
            case 2 -> new byte[] {(byte) ('d' + random.nextInt(3)), (byte) random.nextInt(3)};
            case 3 -> new byte[] {(byte) random.nextInt(256), 1};
            default -> usual;
        };
    }

    private long sequence() {
        return switch (random.nextInt(3)) {
            case 0 -> EDGES[random.nextInt(EDGES.length)];
            case 1 -> first + random.nextInt(50) - 25;
            default -> last + random.nextInt(50) - 25;
        };
    }

    private void look() {
        byte[] key = key();
        assertThat(store.get(key)).isEqualTo(model.get(key));
        if (random.nextInt(10) == 0) {
            String all = text(model);
            assertThat(seen(new byte[0], null)).isEqualTo(all);
            byte[] from = key();
            byte[] to = key();
            String part = Arrays.compareUnsigned(from, to) < 0 ? text(model.subMap(from, to)) : "";
            assertThat(seen(from, to)).isEqualTo(part);
        }
    }

    /// What a scan sees; while it goes on, the store is changed.
    private String seen(byte[] from, byte @Nullable [] to) {
        var seen = new StringBuilder();
        store.scan(from, to, (key, value) -> {
            if (random.nextInt(20) == 0 && maximum == LARGE) {
                change();
            }
            append(seen, key, value);
            return true;
        });
        return seen.toString();
    }

    private static String text(SortedMap<byte[], byte[]> map) {
        var text = new StringBuilder();
        map.forEach((key, value) -> append(text, key, value));
        return text.toString();
    }

    private static void append(StringBuilder text, byte[] key, byte[] value) {
        text.append(HexFormat.of().formatHex(key))
                .append('=')
                .append(
                        value.length > 20
                                ? value.length + "/" + Arrays.hashCode(value)
                                : HexFormat.of().formatHex(value))
                .append('\n');
    }
}
