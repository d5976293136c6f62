package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.RequestId;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// R52: the runs are those of a plain ordered map, whatever the order of the numbers.
class RequestRunsTest {
    /// The same by the simplest means.
    private static final class Naive {
        final TreeMap<RequestId, RequestMemory.Run> runs = new TreeMap<>();

        void add(RequestId id, long position, long millis) {
            var run = new RequestMemory.Run(id, id.number(), position, millis);
            var floor = runs.floorEntry(id);
            if (floor != null
                    && floor.getKey().client() == id.client()
                    && floor.getValue().last() + 1 == id.number()) {
                runs.remove(floor.getKey());
                run = new RequestMemory.Run(floor.getKey(), id.number(), position, millis);
            }
            var after = runs.remove(new RequestId(id.client(), id.number() + 1));
            if (after != null) {
                run = new RequestMemory.Run(run.first(), after.last(), position, millis);
            }
            runs.put(run.first(), run);
        }

        boolean contains(RequestId id) {
            var floor = runs.floorEntry(id);
            return floor != null
                    && floor.getKey().client() == id.client()
                    && id.number() <= floor.getValue().last();
        }

        RequestMemory.Run oldest() {
            return runs.values().stream()
                    .min(Comparator.comparingLong(RequestMemory.Run::position))
                    .orElseThrow();
        }

        List<RequestMemory.Run> all() {
            return List.copyOf(runs.values());
        }
    }

    @Test
    void theyAreThoseOfAPlainMap() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var runs = new RequestRuns();
            var naive = new Naive();
            var store = new TreeMap<RequestId, RequestMemory.Run>();
            var added = new HashSet<RequestId>();
            int clients = random.nextInt(1, 30);
            for (int position = 1; position < 400; position++) {
                var id = new RequestId(random.nextInt(clients) * 7_919L, random.nextInt(-20, 60));
                assertThat(runs.contains(id)).isEqualTo(naive.contains(id));
                if (!naive.contains(id) && added.add(id)) {
                    runs.add(id, position, position);
                    naive.add(id, position, position);
                }
                if (random.nextInt(10) == 0 && !naive.runs.isEmpty()) {
                    assertThat(runs.oldestPosition()).isEqualTo(naive.oldest().position());
                    runs.forgetOldest();
                    naive.runs.remove(naive.oldest().first());
                }
                if (random.nextInt(20) == 0) {
                    drain(runs, store);
                    assertThat(store).as("seed " + seed).isEqualTo(naive.runs);
                }
                assertThat(runs.size()).isEqualTo(naive.runs.size());
            }
            assertThat(runs.all()).as("seed " + seed).isEqualTo(naive.all());
        }
    }

    private static void drain(RequestRuns runs, Map<RequestId, RequestMemory.Run> store) {
        runs.drain((first, run) -> {
            if (run == null) {
                store.remove(first);
            } else {
                store.put(first, run);
            }
        });
    }

    @Test
    void whatIsStoredIsForgottenInTheSameOrderWhenItIsReadBack() {
        var random = new Random(5);
        var runs = new RequestRuns();
        for (int position = 1; position < 500; position++) {
            runs.add(new RequestId(random.nextInt(50), 3L * position), position, position);
        }
        var restored = new RequestRuns();
        runs.all().forEach(restored::restore);
        while (runs.size() > 0) {
            assertThat(restored.oldestPosition()).isEqualTo(runs.oldestPosition());
            restored.forgetOldest();
            runs.forgetOldest();
        }
        assertThat(restored.size()).isZero();
    }
}
