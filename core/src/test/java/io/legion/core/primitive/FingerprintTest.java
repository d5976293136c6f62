package io.legion.core.primitive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static long of(byte[] bytes) {
        return Fingerprint.of(7, bytes, 0, bytes.length);
    }

    @Test
    void itIsTheSameForEver() {
        assertThat(of(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})).isEqualTo(-6641288268415917917L);
    }

    @Test
    void everyBitAndTheLengthCount() {
        var random = new Random(3);
        for (int length = 0; length < 40; length++) {
            var bytes = new byte[length];
            random.nextBytes(bytes);
            var seen = new HashSet<Long>();
            seen.add(of(bytes));
            for (int bit = 0; bit < 8 * length; bit++) {
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
                assertThat(seen.add(of(bytes)))
                        .as("bit %d of %d bytes", bit, length)
                        .isTrue();
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
            }
            assertThat(seen.add(of(Arrays.copyOf(bytes, length + 1)))).isTrue();
        }
    }

    @Test
    void bytesThatMoveFromOneRangeToTheNextCount() {
        byte[] bytes = {1, 2, 3, 4};
        long one = Fingerprint.of(Fingerprint.of(7, bytes, 0, 1), bytes, 1, 4);
        long other = Fingerprint.of(Fingerprint.of(7, bytes, 0, 2), bytes, 2, 4);
        assertThat(one).isNotEqualTo(other);
    }

    /// Flipping one bit of the input flips each bit of the result about every second time.
    @Test
    void itMixesWell() {
        var random = new Random(5);
        int flips = 0;
        int tries = 4_000;
        for (int i = 0; i < tries; i++) {
            var bytes = new byte[1 + random.nextInt(40)];
            random.nextBytes(bytes);
            long before = of(bytes);
            int bit = random.nextInt(8 * bytes.length);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            flips += Long.bitCount(before ^ of(bytes));
        }
        assertThat(flips / (double) tries).isBetween(31.0, 33.0);
    }
}
