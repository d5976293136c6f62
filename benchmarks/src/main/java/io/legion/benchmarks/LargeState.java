package io.legion.benchmarks;

import io.legion.Partitions;
import io.legion.Search;
import io.legion.core.Consistency;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// Fills a store with many partitions, or works on a full one, and prints what it took: one line for each
/// measurement, a name and a number. It checks everything that it reads.
final class LargeState {
    private static final int SAMPLES = 20_000;
    private static final int AT_ONCE = 500;

    private final int partitions;
    private final Path directory;
    private final PrintStream out;
    private final SplittableRandom random = new SplittableRandom(1);

    LargeState(int partitions, Path directory, PrintStream out) {
        this.partitions = partitions;
        this.directory = directory;
        this.out = out;
    }

    /// Writes every partition once.
    void fill() {
        Setting.ROCKSDB_HANDED_OVER.node(directory, Note.TYPE).use(legion -> {
            long begin = System.nanoTime();
            var failed = writeAll(legion.partitions(Note.TYPE));
            require(failed == 0, failed + " requests failed");
            print("fill_s", since(begin).toMillis() / 1e3);
            return true;
        });
    }

    private int writeAll(Partitions<Note> notes) {
        var room = new Semaphore(AT_ONCE);
        var failed = new AtomicInteger();
        for (int i = 0; i < partitions; i++) {
            room.acquireUninterruptibly();
            notes.of("note-" + i)
                    .requestAsync(Note.write(i, 'a'), Consistency.FAST)
                    .whenComplete((_, failure) -> {
                        if (failure != null) {
                            failed.incrementAndGet();
                        }
                        room.release();
                    });
        }
        room.acquireUninterruptibly(AT_ONCE);
        return failed.get();
    }

    /// Starts on the full store, reads, writes and searches.
    void work() {
        long begin = System.nanoTime();
        Setting.ROCKSDB_HANDED_OVER.node(directory, Note.TYPE).use(legion -> {
            print("restart_ms", (double) since(begin).toMillis());
            var notes = legion.partitions(Note.TYPE);
            print("read_us", microsOfEach(() -> read(notes, random.nextInt(partitions))));
            print("request_us", microsOfEach(() -> {
                int i = random.nextInt(partitions);
                notes.of("note-" + i).request(Note.write(i, 'b'), Consistency.FAST);
            }));
            search(notes);
            System.gc();
            var runtime = Runtime.getRuntime();
            print("heap_mib", (double) ((runtime.totalMemory() - runtime.freeMemory()) >> 20));
            return true;
        });
    }

    private static void read(Partitions<Note> notes, int i) {
        var note = notes.of("note-" + i).read(Consistency.FAST);
        require(note.number() == i && note.text().endsWith(String.valueOf(i)), "note " + i + " is " + note);
    }

    private static double microsOfEach(Runnable work) {
        long begin = System.nanoTime();
        for (int i = 0; i < SAMPLES; i++) {
            work.run();
        }
        return since(begin).toNanos() / 1e3 / SAMPLES;
    }

    private void search(Partitions<Note> notes) {
        long begin = System.nanoTime();
        long found = notes.searchAll(Search.all()).count();
        require(found == partitions, "the search found " + found);
        print("search_ms", (double) since(begin).toMillis());
    }

    private static Duration since(long beginNanos) {
        return Duration.ofNanos(System.nanoTime() - beginNanos);
    }

    private void print(String name, double value) {
        out.printf(Locale.ROOT, "%s %.1f%n", name, value);
    }

    private static void require(boolean condition, String sentence) {
        if (!condition) {
            throw new IllegalStateException(sentence);
        }
    }
}
