package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TypeMapTest {
    @Test
    void itIsWhatASortedMapIs() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var map = new TypeMap<Integer>();
            var plain = new TreeMap<Integer, Integer>();
            for (int step = 0; step < 60; step++) {
                int type = random.nextInt(20) * 214_748_364 + Integer.MIN_VALUE;
                if (random.nextBoolean()) {
                    map.put(type, step);
                    plain.put(type, step);
                } else if (random.nextInt(30) == 0) {
                    map.clear();
                    plain.clear();
                }
                assertThat(map.get(type)).as("seed " + seed).isEqualTo(plain.get(type));
                assertThat(map.size()).as("seed " + seed).isEqualTo(plain.size());
                assertThat(text(map)).as("seed " + seed).isEqualTo(text(plain));
            }
        }
    }

    private static String text(TypeMap<Integer> map) {
        var entries = new ArrayList<String>();
        map.forEach((value, type) -> entries.add(type + "=" + value));
        return String.join(",", entries);
    }

    private static String text(SortedMap<Integer, Integer> map) {
        var entries = new ArrayList<String>();
        map.forEach((type, value) -> entries.add(type + "=" + value));
        return String.join(",", entries);
    }
}
