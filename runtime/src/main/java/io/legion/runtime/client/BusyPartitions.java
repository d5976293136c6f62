package io.legion.runtime.client;

import io.legion.core.PartitionKey;
import io.legion.operations.Troubles.BusyPartition;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/// To which partitions most of the requests of the last seconds went, by a sample in a small table. A partition
/// that is new takes the place and the count of the rarest one, so the count of a frequent one is never too low
/// (Metwally, Agrawal and El Abbadi, *Efficient Computation of Frequent and Top-k Elements in Data Streams*,
/// 2005).
///
/// **Threads.** Any.
final class BusyPartitions {
    /// One request of so many is sampled.
    static final int EVERY = 64;

    private static final int PLACES = 64;
    private static final int SHOWN = 8;
    private static final long WINDOW_NANOS = Duration.ofSeconds(5).toNanos();

    private record Place(String type, PartitionKey key, int shard) {}

    /// What was sampled in a window of time.
    private static final class Window {
        final long begunNanos;
        final Map<Place, Long> counts = new HashMap<>();
        long sampled;

        Window(long begunNanos) {
            this.begunNanos = begunNanos;
        }

        void add(Place place) {
            sampled++;
            if (counts.size() < PLACES || counts.containsKey(place)) {
                counts.merge(place, 1L, Long::sum);
                return;
            }
            var rarest =
                    counts.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow();
            counts.remove(rarest.getKey());
            counts.put(place, rarest.getValue() + 1);
        }
    }

    /// @param sampled of how many requests
    record Sample(List<BusyPartition> busiest, long sampled) {}

    private Window before;
    private Window now;

    BusyPartitions(long nowNanos) {
        this.before = new Window(nowNanos);
        this.now = new Window(nowNanos);
    }

    /// A request goes to this partition.
    void asked(String type, PartitionKey key, int shard) {
        if (ThreadLocalRandom.current().nextInt(EVERY) == 0) {
            sample(type, key, shard, System.nanoTime());
        }
    }

    synchronized void sample(String type, PartitionKey key, int shard, long nowNanos) {
        turn(nowNanos);
        now.add(new Place(type, key, shard));
    }

    /// What was sampled within the last five to ten seconds.
    synchronized Sample lately(long nowNanos) {
        turn(nowNanos);
        var counts = new HashMap<>(before.counts);
        now.counts.forEach((place, count) -> counts.merge(place, count, Long::sum));
        var busiest = counts.entrySet().stream()
                .sorted(Map.Entry.<Place, Long>comparingByValue(Comparator.reverseOrder()))
                .limit(SHOWN)
                .map(entry -> busy(entry.getKey(), entry.getValue()))
                .toList();
        return new Sample(
                busiest,
                Stream.of(before, now).mapToLong(window -> window.sampled).sum());
    }

    private static BusyPartition busy(Place place, long count) {
        return new BusyPartition(place.type, place.key, place.shard, count);
    }

    private void turn(long nowNanos) {
        long age = nowNanos - now.begunNanos;
        if (age >= WINDOW_NANOS) {
            before = age < 2 * WINDOW_NANOS ? now : new Window(nowNanos);
            now = new Window(nowNanos);
        }
    }
}
