package io.legion.simulation.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Bytes;
import io.legion.simulation.Randomness;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is on a simulated disk is what a plain ordered map would hold after the same changes.
final class ContentTest {
    private static final int CHANGES = 20_000;

    /// So many that tables have several leaves.
    private static final int KEYS = 600;

    private final Randomness random = new Randomness(3);
    private final SortedMap<Bytes, Bytes> plain = new TreeMap<>();
    private Content content = new Content();

    @Test
    void itHoldsWhatAPlainMapHolds() {
        for (int i = 0; i < CHANGES; i++) {
            change(new Undo());
            byte[] key = key();
            assertThat(content.get(key)).isEqualTo(value(plain.get(Bytes.wrap(key))));
            if (i % 50 == 0) {
                isTheSameBetween(key(), key());
            }
        }
        isTheSame();
    }

    @Test
    void aCopyStaysAsItIs() {
        change(CHANGES / 10);
        Content copy = content.copy();
        var before = new TreeMap<>(plain);
        change(CHANGES / 10);
        assertThat(read(copy)).isEqualTo(lines(before));
        content = copy;
        plain.clear();
        plain.putAll(before);
        change(CHANGES / 10);
        isTheSame();
    }

    @Test
    void whatIsTakenBackIsAsItWas() {
        change(CHANGES / 10);
        List<String> before = read(content);
        var undo = new Undo();
        for (int i = 0; i < CHANGES / 10; i++) {
            change(undo);
        }
        assertThat(read(content)).isNotEqualTo(before);
        undo.on(content);
        assertThat(read(content)).isEqualTo(before);
    }

    private void change(int times) {
        for (int i = 0; i < times; i++) {
            change(new Undo());
        }
    }

    private void change(Undo undo) {
        byte[] key = key();
        int what = random.below(100);
        if (what < 60) {
            byte[] value = {(byte) random.next()};
            undo.replaced(key, content.put(key, value));
            plain.put(Bytes.wrap(key), Bytes.wrap(value));
        } else if (what < 98) {
            undo.replaced(key, content.remove(key));
            plain.remove(Bytes.wrap(key));
        } else {
            byte[] other = key();
            boolean isBefore = Bytes.wrap(key).compareTo(Bytes.wrap(other)) < 0;
            removeRange(isBefore ? key : other, isBefore ? other : key, undo);
        }
    }

    private void removeRange(byte[] from, byte[] to, Undo undo) {
        content.scan(from, to, (key, value) -> {
            undo.replaced(key, value);
            return true;
        });
        content.removeRange(from, to);
        plain.subMap(Bytes.wrap(from), Bytes.wrap(to)).clear();
    }

    /// One, two or three bytes, of three kinds, and now and then next to the one before.
    private byte[] key() {
        int number = random.below(KEYS);
        byte kind = (byte) ('x' + random.below(3) * 40);
        return switch (random.below(20)) {
            case 0 -> new byte[] {kind};
            case 1 -> new byte[] {kind, (byte) number};
            default -> new byte[] {kind, (byte) (number >>> 8), (byte) number};
        };
    }

    private void isTheSame() {
        assertThat(read(content)).isEqualTo(lines(plain));
    }

    private void isTheSameBetween(byte[] one, byte[] other) {
        Bytes from = Bytes.wrap(one);
        Bytes to = Bytes.wrap(other);
        if (from.compareTo(to) < 0) {
            assertThat(read(content, one, other)).isEqualTo(lines(plain.subMap(from, to)));
        }
    }

    private static byte @Nullable [] value(@Nullable Bytes value) {
        return value == null ? null : value.toArray();
    }

    private static List<String> read(Content content) {
        return read(content, new byte[0], null);
    }

    private static List<String> read(Content content, byte[] from, byte @Nullable [] to) {
        var lines = new ArrayList<String>();
        content.scan(from, to, (key, value) -> lines.add(Bytes.wrap(key) + "=" + Bytes.wrap(value)));
        return lines;
    }

    private static List<String> lines(SortedMap<Bytes, Bytes> map) {
        return map.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
    }
}
