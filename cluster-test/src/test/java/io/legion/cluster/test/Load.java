package io.legion.cluster.test;

import io.legion.Partition;
import io.legion.Partitions;
import io.legion.RequestException;
import io.legion.core.Answer;
import io.legion.core.Consistency;
import io.legion.core.PartitionKey;
import io.legion.core.RequestId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// The clients of one node: each makes requests, or reads, of one kind on keys drawn at random, one at a time.
final class Load {
    static final int KEYS = 50;

    /// How many clients there are of each kind.
    private static final List<Operation.Kind> CLIENTS = List.of(
            Operation.Kind.FAST,
            Operation.Kind.FAST,
            Operation.Kind.FAST,
            Operation.Kind.DURABLE,
            Operation.Kind.DURABLE,
            Operation.Kind.FINAL,
            Operation.Kind.FINAL,
            Operation.Kind.FAST_READ,
            Operation.Kind.FINAL_READ);

    private static final Duration AFTER_A_FAILURE = Duration.ofMillis(100);

    /// Longer than any test.
    private static final Duration PATIENCE = Duration.ofDays(1);

    private final Partitions<Journal> journals;
    private final Consumer<String> tell;
    private final AtomicLong marker;
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean stopped;

    /// @param life a number that no other process has
    Load(Partitions<Journal> journals, long life, Consumer<String> tell) {
        this.journals = journals;
        this.tell = tell;
        this.marker = new AtomicLong(life * 1_000_000_000L);
    }

    static PartitionKey key(int number) {
        return PartitionKey.of("journal-" + number);
    }

    /// @param pause the middle of the pauses between an answer and the next request of a client
    /// @param filler how many characters each event carries beside its marker
    void start(Duration pause, int filler, long seed) {
        stopped = false;
        var random = new SplittableRandom(seed);
        var text = "x".repeat(filler);
        for (var kind : CLIENTS) {
            var own = random.split();
            clients.add(Thread.startVirtualThread(() -> work(kind, pause.toNanos(), text, own)));
        }
    }

    void stop() throws InterruptedException {
        stopped = true;
        for (var client : clients) {
            client.join();
        }
        clients.clear();
    }

    private void work(Operation.Kind kind, long pauseNanos, String filler, SplittableRandom random) {
        while (!stopped) {
            int key = random.nextInt(KEYS);
            var done = kind.isRead() ? read(kind, key) : write(kind, key, filler);
            tell.accept("op " + done.line());
            LockSupport.parkNanos(random.nextLong(2 * pauseNanos + 1));
            if (!done.isAnswered()) {
                LockSupport.parkNanos(AFTER_A_FAILURE.toNanos());
            }
        }
    }

    private Operation write(Operation.Kind kind, int key, String filler) {
        long mark = marker.incrementAndGet();
        var journal = journals.of(key(key));
        RequestId id = journal.nextRequestId();
        long begin = System.nanoTime();
        try {
            var event = new Journal.Append(mark, filler);
            var answer = journal.request(event, Consistency.valueOf(kind.name()), id);
            long end = System.nanoTime();
            lastAnswer(journal, event, answer).whenComplete((last, failure) -> {
                if (failure == null) {
                    tell.accept("final " + mark + " " + key + " " + last.output());
                }
            });
            return new Operation(mark, key, kind, begin, end, Operation.OK, answer.output(), 0, id.toString(), "");
        } catch (RuntimeException failure) {
            return failed(mark, key, kind, begin, id.toString(), failure);
        }
    }

    /// The final answer, however long it takes.
    private static CompletionStage<Answer<Long>> lastAnswer(
            Partition<Journal> journal, Journal.Append event, Answer<Long> answer) {
        if (answer.consistency() == Consistency.FINAL) {
            return CompletableFuture.completedStage(answer);
        }
        try {
            return journal.within(PATIENCE).requestAsync(event, Consistency.FINAL, answer.request());
        } catch (RequestException refused) {
            return CompletableFuture.failedStage(refused);
        }
    }

    private Operation read(Operation.Kind kind, int key) {
        long begin = System.nanoTime();
        try {
            var wished = kind == Operation.Kind.FINAL_READ ? Consistency.FINAL : Consistency.FAST;
            var markers = journals.of(key(key)).read(wished).markers();
            long end = System.nanoTime();
            if (new HashSet<>(markers).size() != markers.size()) {
                tell.accept("breach a " + kind + " of key " + key + " saw a marker twice: " + markers);
            }
            long hash = Operation.hashes(markers).getLast();
            return new Operation(0, key, kind, begin, end, Operation.OK, markers.size(), hash, "-", "");
        } catch (RuntimeException failure) {
            return failed(0, key, kind, begin, "-", failure);
        }
    }

    private static Operation failed(
            long mark, int key, Operation.Kind kind, long begin, String id, RuntimeException failure) {
        var fate = failure instanceof RequestException known ? known.fate() : RequestException.Fate.UNKNOWN;
        return new Operation(mark, key, kind, begin, System.nanoTime(), fate.name(), 0, 0, id, failure.toString());
    }
}
