package io.legion.memory;

import java.util.Random;

/// Values of all sizes that matter to a store in memory, most of them short.
public final class TestValues {
    private TestValues() {}

    public static byte[] some(Random random) {
        return of(random, size(random));
    }

    public static byte[] of(Random random, int size) {
        byte[] value = new byte[size];
        random.nextBytes(value);
        return value;
    }

    private static int size(Random random) {
        int kind = random.nextInt(1_000);
        if (kind < 500) {
            return random.nextInt(20);
        }
        if (kind < 940) {
            return random.nextInt(300);
        }
        if (kind < 970) {
            return Chunks.LONGEST_SHARED - 1 + random.nextInt(3);
        }
        if (kind < 985) {
            return Chunks.FULL - 1 + random.nextInt(3);
        }
        return kind < 998 ? 20 << 10 : 1 << 20;
    }
}
