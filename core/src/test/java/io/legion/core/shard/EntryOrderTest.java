package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// R22: the order of folding is the order of ids, in whatever order events come.
class EntryOrderTest {
    private static LogEntry entry(long time, long node) {
        return LogEntry.barrier(new EventId(time, new ParticipantId(new NodeId(node), 0)), time);
    }

    @Test
    void keepsTheOrderOfIdsWhateverComesAndGoes() {
        for (int seed = 0; seed < 60; seed++) {
            var random = new Random(seed);
            var order = new EntryOrder();
            var naive = new TreeMap<EventId, LogEntry>();
            int spread = random.nextInt(1, 2_000);
            for (int step = 0; step < 400; step++) {
                LogEntry entry = entry(step * 5L + random.nextInt(spread), random.nextInt(3));
                if (random.nextInt(3) > 0 && naive.putIfAbsent(entry.id(), entry) == null) {
                    order.add(entry);
                } else if (!naive.isEmpty()) {
                    EventId gone = random.nextBoolean() ? naive.firstKey() : at(naive, random.nextInt(naive.size()));
                    naive.remove(gone);
                    order.remove(gone);
                    assertThat(order.find(gone)).isNull();
                }
                assertThat(order.all()).as("seed %d, step %d", seed, step).containsExactlyElementsOf(naive.values());
                assertThat(order.size()).isEqualTo(naive.size());
                assertThat(order.first())
                        .isEqualTo(naive.isEmpty() ? null : naive.firstEntry().getValue());
            }
            for (long time = 10_000; time < 11_000; time++) {
                order.add(entry(time, 1));
                naive.put(order.all().getLast().id(), order.all().getLast());
            }
            while (naive.size() > 5) {
                order.remove(naive.pollFirstEntry().getKey());
            }
            assertThat(order.all()).containsExactlyElementsOf(naive.values());
            naive.forEach((id, entry) -> assertThat(order.find(id)).isSameAs(entry));
        }
    }

    private static EventId at(Map<EventId, LogEntry> entries, int index) {
        return entries.keySet().stream().skip(index).findFirst().orElseThrow();
    }
}
