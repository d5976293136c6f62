package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ParticipantMapTest {
    @Test
    void itIsWhatAnOrderedMapIs() {
        for (long seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var map = new ParticipantMap<Integer>();
            var plain = new TreeMap<ParticipantId, Integer>();
            for (int step = 0; step < 60; step++) {
                change(random, map, plain);
                assertThat(content(map)).as("seed " + seed).isEqualTo(plain);
            }
        }
    }

    private static void change(Random random, ParticipantMap<Integer> map, Map<ParticipantId, Integer> plain) {
        ParticipantId participant = participant(random);
        int value = random.nextInt(100);
        switch (random.nextInt(6)) {
            case 0 -> {
                map.put(participant, value);
                plain.put(participant, value);
            }
            case 1 -> {
                map.merge(participant, value, Integer::sum);
                plain.merge(participant, value, Integer::sum);
            }
            case 2 ->
                assertThat(map.computeIfAbsent(participant, () -> value))
                        .isEqualTo(plain.computeIfAbsent(participant, _ -> value));
            case 3 -> {
                map.replaceAll(before -> before + 1);
                plain.replaceAll((_, before) -> before + 1);
            }
            case 4 -> {
                var those = List.of(participant, participant(random), participant(random), participant(random));
                map.retainAll(those);
                plain.keySet().retainAll(those);
            }
            default -> assertThat(map.get(participant)).isEqualTo(plain.get(participant));
        }
    }

    private static ParticipantId participant(Random random) {
        return new ParticipantId(new NodeId(random.nextInt(4)), random.nextInt(3));
    }

    private static Map<ParticipantId, Integer> content(ParticipantMap<Integer> map) {
        var content = new TreeMap<ParticipantId, Integer>();
        for (int place = 0; place < map.size(); place++) {
            assertThat(content.isEmpty() || content.lastKey().compareTo(map.participant(place)) < 0)
                    .isTrue();
            content.put(map.participant(place), map.value(place));
        }
        return content;
    }
}
