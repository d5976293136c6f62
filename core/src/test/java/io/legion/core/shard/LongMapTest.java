package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongMapTest {
    @Test
    void itIsWhatAPlainMapIs() {
        for (long seed = 0; seed < 100; seed++) {
            var random = new Random(seed);
            var map = new LongMap<Integer>();
            var plain = new HashMap<Long, Integer>();
            int keys = random.nextInt(1, 300);
            for (int step = 0; step < 2_000; step++) {
                long key = random.nextInt(keys) - keys / 2L;
                if (random.nextBoolean()) {
                    map.put(key, step);
                    plain.put(key, step);
                } else if (random.nextBoolean()) {
                    map.remove(key);
                    plain.remove(key);
                }
                assertThat(map.get(key)).as("seed " + seed).isEqualTo(plain.get(key));
            }
            for (long key = -keys; key <= keys; key++) {
                assertThat(map.get(key)).as("seed " + seed).isEqualTo(plain.get(key));
            }
        }
    }
}
