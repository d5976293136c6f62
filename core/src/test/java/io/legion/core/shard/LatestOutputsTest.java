package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Bytes;
import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.PartitionKey;
import io.legion.core.RequestId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// R52: what is remembered is the latest outputs within the bounds, whatever their sizes.
class LatestOutputsTest {
    private static final int MAX_BYTES = 256 * 1024;

    private static RequestMemory.Output output(long position, RequestId request, int size, Random random) {
        var body = new byte[size];
        random.nextBytes(body);
        var origin = new ParticipantId(new NodeId(random.nextLong()), random.nextInt(5));
        var kind = random.nextBoolean() ? Result.Kind.APPLIED : Result.Kind.FAILED;
        var address = new PartitionAddress(random.nextInt(), PartitionKey.of("k".repeat(random.nextInt(1, 9))));
        return new RequestMemory.Output(
                position,
                request,
                new EventId(random.nextLong(), origin),
                address,
                random.nextLong(),
                new Result.Summary(kind, Bytes.wrap(body)));
    }

    /// The same by the simplest means.
    private static final class Naive {
        static int size(RequestMemory.Output output) {
            return output.summary().body().size()
                    + output.address().key().bytes().size();
        }

        final ArrayDeque<RequestMemory.Output> all = new ArrayDeque<>();

        void add(RequestMemory.Output output, int most) {
            all.addLast(output);
            while (all.size() > most || all.stream().mapToInt(Naive::size).sum() > MAX_BYTES) {
                all.removeFirst();
            }
        }
    }

    @Test
    void remembersTheLatestWithinBothBounds() {
        for (int seed = 0; seed < 60; seed++) {
            var random = new Random(seed);
            int most = random.nextInt(1, 200);
            int largest = List.of(1, 40, 3_000, MAX_BYTES + 10).get(seed % 4);
            var outputs = new LatestOutputs(most);
            var naive = new Naive();
            var asked = new ArrayList<RequestId>();
            for (int i = 0; i < 600; i++) {
                var request = new RequestId(random.nextInt(4), i);
                asked.add(request);
                var output = output(i, request, random.nextInt(largest), random);
                outputs.add(output);
                naive.add(output, most);

                assertThat(outputs.all()).as("seed %d, step %d", seed, i).containsExactlyElementsOf(naive.all);
                assertThat(outputs.isEmpty()).isEqualTo(naive.all.isEmpty());
                if (!naive.all.isEmpty()) {
                    assertThat(outputs.firstPosition())
                            .isEqualTo(naive.all.getFirst().position());
                }
            }
            for (RequestId request : asked) {
                var expected = naive.all.stream()
                        .filter(o -> o.request().equals(request))
                        .findFirst()
                        .orElse(null);
                assertThat(outputs.find(request)).isEqualTo(expected);
                assertThat(outputs.contains(request)).isEqualTo(expected != null);
            }
        }
    }

    @Test
    void knowsNothingAtFirstAndNothingThatItWasNotTold() {
        var outputs = new LatestOutputs(10);

        assertThat(outputs.contains(new RequestId(1, 1))).isFalse();
        outputs.add(output(1, new RequestId(1, 1), 3, new Random(1)));
        assertThat(outputs.find(new RequestId(1, 2))).isNull();
    }

    @Test
    void findsWhatIsThereWheneverItIsLookedFor() {
        for (int seed = 0; seed < 60; seed++) {
            var random = new Random(seed);
            int most = random.nextInt(1, 40);
            var outputs = new LatestOutputs(most);
            var naive = new Naive();
            for (int i = 0; i < 2_000; i++) {
                var output = output(i, new RequestId(1, i), random.nextInt(30), random);
                outputs.add(output);
                naive.add(output, most);
                if (random.nextInt(1 + seed) == 0) {
                    var request = new RequestId(1, Math.max(0, i - random.nextInt(2 * most)));
                    boolean there = naive.all.stream().anyMatch(o -> o.request().equals(request));
                    assertThat(outputs.contains(request))
                            .as("seed %d, step %d", seed, i)
                            .isEqualTo(there);
                }
            }
        }
    }
}
