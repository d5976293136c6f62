package io.legion.memory;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.runtime.storage.ShardLayout;
import io.legion.spi.Batch;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MemoryContentsTest {
    private static final int ENTRIES = 3_000;

    private final Random random = new Random(1);
    private final MemoryContents contents = new MemoryContents();

    private static byte[] entry(int number) {
        return ShardLayout.entry(number % 3, new ParticipantId(new NodeId(number % 2), 1), number);
    }

    private static byte[] record(int number) {
        return new byte[] {'n', (byte) number};
    }

    private void fill() {
        var batch = new Batch();
        for (int i = 0; i < ENTRIES; i++) {
            batch.put(entry(i), TestValues.of(random, 100)).put(record(i), TestValues.of(random, 20));
        }
        contents.change(batch);
    }

    private void empty() {
        contents.change(new Batch().deleteRange(new byte[0], new byte[] {'z'}));
        assertThat(contents.bytes()).isZero();
    }

    private static List<String> seen(MemoryVersion version) {
        var seen = new ArrayList<String>();
        version.scan(new byte[0], null, (key, value) -> seen.add(hex(key) + "=" + hex(value)));
        return seen;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void aVersionStaysAsItIsThoughTheChunksAreUsedAgain() {
        fill();
        var version = contents.version(new byte[0], null);
        var before = seen(version);
        byte[] value = requireNonNull(contents.get(entry(7)));
        String shown = hex(value);
        fill();
        assertThat(seen(version)).isEqualTo(before);
        empty();
        fill();
        assertThat(seen(version)).isEqualTo(before).hasSize(ENTRIES + 256);
        assertThat(hex(value)).isEqualTo(shown);
        assertThat(seen(contents.version(new byte[0], null))).isNotEqualTo(before);
    }

    @Test
    void whatIsUndoneIsAsItWas() {
        fill();
        var before = seen(contents.version(new byte[0], null));
        long bytes = contents.bytes();
        var batch = new Batch()
                .put(entry(1), TestValues.of(random, 20 << 10))
                .put(entry(ENTRIES), TestValues.of(random, 16 << 10))
                .delete(entry(2))
                .deleteRange(new byte[0], new byte[] {'z'})
                .put(entry(5), TestValues.of(random, 5));
        var was = contents.before(batch);
        contents.change(batch);
        contents.goBack(was);
        assertThat(seen(contents.version(new byte[0], null))).isEqualTo(before);
        assertThat(contents.bytes()).isEqualTo(bytes);
    }

    @Test
    void aValueDoesNotChangeWithTheBatchItCameIn() {
        var batch = new Batch()
                .put(entry(1), TestValues.of(random, 100))
                .put(entry(5), TestValues.of(random, 100))
                .put(record(1), TestValues.of(random, 100));
        contents.change(batch);
        var before = seen(contents.version(new byte[0], null));
        batch.clear();
        batch.put(new byte[] {1}, TestValues.of(random, 500));
        assertThat(seen(contents.version(new byte[0], null))).isEqualTo(before);
    }
}
