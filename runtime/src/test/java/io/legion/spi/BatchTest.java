package io.legion.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.memory.TestValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BatchTest {
    private static final List<Integer> SIZES = List.of(0, 1, 127, 128, 4_096, 20 << 10, 1 << 20);

    private final Batch batch = new Batch();
    private final List<String> expected = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();

    BatchTest() {
        var random = new Random(1);
        for (int size : SIZES) {
            byte[] key = TestValues.of(random, 1 + random.nextInt(3));
            byte[] value = TestValues.of(random, size);
            batch.put(key, value).delete(key).deleteRange(new byte[0], key);
            expected.add("put " + hex(key) + " " + hex(value));
            expected.add("delete " + hex(key));
            expected.add("deleteRange  " + hex(key));
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @Test
    void aVisitorIsShownAllChangesAndMayKeepTheArrays() {
        var values = new ArrayList<byte[]>();
        batch.forEach(new Batch.Visitor() {
            @Override
            public void put(byte[] key, byte[] value) {
                seen.add("put " + hex(key) + " " + hex(value));
                values.add(value);
            }

            @Override
            public void delete(byte[] key) {
                seen.add("delete " + hex(key));
            }

            @Override
            public void deleteRange(byte[] from, byte[] to) {
                seen.add("deleteRange " + hex(from) + " " + hex(to));
            }
        });
        assertThat(seen).isEqualTo(expected);
        assertThat(values).extracting(value -> value.length).isEqualTo(SIZES);
    }

    @Test
    void aReaderIsShownTheSameWithValuesWhereTheyAre() {
        var buffers = new IdentityHashMap<byte[], Boolean>();
        batch.forEach(
                new Batch.Reader() {
                    @Override
                    public void put(byte[] key, byte[] buffer, int from, int length) {
                        seen.add("put " + hex(key) + " " + hex(Arrays.copyOfRange(buffer, from, from + length)));
                        buffers.put(buffer, true);
                    }

                    @Override
                    public void delete(byte[] key) {
                        seen.add("delete " + hex(key));
                    }

                    @Override
                    public void deleteRange(byte[] from, byte[] to) {
                        seen.add("deleteRange " + hex(from) + " " + hex(to));
                    }
                },
                new byte[2]);
        assertThat(seen).isEqualTo(expected);
        assertThat(buffers).hasSize(1);
    }
}
