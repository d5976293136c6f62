package io.legion.backup.files;

import io.legion.backup.BackupException;
import io.legion.backup.BackupProgress;
import io.legion.backup.BackupSource;
import io.legion.backup.ShardLook;
import io.legion.operations.Extract;
import io.legion.operations.UnreachableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// The shards of a backup: those that have not changed, and copies of the others, several at once.
final class ShardCopies {
    /// A shard whose sections are in more files is copied whole: each backup leaves one, of which less and less is
    /// used.
    static final int MOST_FILES = 16;

    /// As many as a node reads at once.
    private static final int AT_ONCE = Extract.MOST_OPEN;

    /// A node may be started anew while it is read, or have too much to do for a moment.
    private static final int TRIES = 20;

    private static final long PAUSE_MILLIS = 500;

    private final BackupSource source;
    private final BackupDirectory directory;
    private final int number;
    private final Map<Integer, Manifest.BackedShard> earlier;
    private final BackupProgress progress;
    private final int shards;
    private final TreeMap<Integer, Manifest.BackedShard> backed = new TreeMap<>(); // guarded by itself
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong written = new AtomicLong();

    ShardCopies(
            BackupSource source,
            BackupDirectory directory,
            int number,
            Map<Integer, Manifest.BackedShard> earlier,
            BackupProgress progress,
            int shards) {
        this.source = source;
        this.directory = directory;
        this.number = number;
        this.earlier = earlier;
        this.progress = progress;
        this.shards = shards;
    }

    int number() {
        return number;
    }

    List<Manifest.BackedShard> all() {
        return List.copyOf(backed.values());
    }

    long writtenBytes() {
        return written.get();
    }

    /// Whether the earlier backup has the shard as it is now.
    boolean isUnchanged(ShardLook look) {
        var before = earlier.get(look.shard());
        return before != null && isSame(before, look);
    }

    /// Takes a shard over that has not changed.
    ///
    /// @throws BackupException if its files are damaged
    void keep(int shard) {
        var before = Objects.requireNonNull(earlier.get(shard));
        requireFiles(before);
        var _ = SectionList.read(directory.list(before.copiedBy(), shard), before);
        took(before);
    }

    private static boolean isSame(Manifest.BackedShard before, ShardLook look) {
        return look.isQuiet()
                && before.position() == look.position()
                && before.historyHash().equals(Long.toHexString(look.historyHash()));
    }

    private void requireFiles(Manifest.BackedShard before) {
        try (var files = new SectionFiles(directory, before.shard())) {
            before.files().forEach(files::require);
        }
    }

    private void took(Manifest.BackedShard shard) {
        synchronized (backed) {
            backed.put(shard.shard(), shard);
        }
        progress.at(done.incrementAndGet(), shards, read.get());
    }

    /// Copies these shards.
    ///
    /// @param positions from which on an extract of each has what it must have
    /// @throws BackupException if one cannot be copied
    void copy(Map<Integer, Long> positions) {
        var threads = Executors.newFixedThreadPool(
                AT_ONCE, Thread.ofPlatform().daemon().name("legion-backup-", 0).factory());
        try {
            var copies = new ArrayList<Future<?>>();
            positions.forEach((shard, position) -> copies.add(threads.submit(() -> copy(shard, position))));
            for (var one : copies) {
                one.get();
            }
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException known
                    ? known
                    : new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw interrupted(stopped);
        } finally {
            threads.shutdownNow();
            awaitEnd(threads);
        }
    }

    /// Nothing writes any more once this returns.
    private static void awaitEnd(ExecutorService threads) {
        try {
            var _ = threads.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void copy(int shard, long position) {
        for (int tries = 1; ; tries++) {
            var ofThis = new AtomicLong();
            try {
                took(tried(shard, position, tries - 1, ofThis));
                return;
            } catch (UnreachableException unanswered) {
                read.addAndGet(-ofThis.get());
                if (tries == TRIES) {
                    throw new BackupException(
                            "Shard " + shard + " could not be read: " + unanswered.getMessage()
                                    + " No backup was taken; earlier ones are as they were. Take it again.",
                            unanswered);
                }
                pause();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    /// @param turn lets another node be asked each time: one may have a copy that it cannot read
    /// @param ofThis counts the bytes that were read
    private Manifest.BackedShard tried(int shard, long position, int turn, AtomicLong ofThis) throws IOException {
        var before = Optional.ofNullable(earlier.get(shard))
                .filter(known -> known.files().size() < MOST_FILES);
        before.ifPresent(this::requireFiles);
        var list = before.map(known -> SectionList.read(directory.list(known.copiedBy(), shard), known))
                .orElseGet(() -> new SectionList(List.of()));
        var files = before.map(Manifest.BackedShard::files).orElseGet(List::of);
        var copy = new ShardCopy(source, directory, number, source.extract(shard, position, turn), list, files);
        var copied = copy.run(bytes -> {
            ofThis.addAndGet(bytes);
            progress.at(done.get(), shards, read.addAndGet(bytes));
        });
        written.addAndGet(copy.written() + copied.listBytes());
        return copied;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw interrupted(stopped);
        }
    }

    static BackupException interrupted(InterruptedException stopped) {
        return new BackupException(
                "The backup was interrupted. It is not there; earlier ones are as they were.", stopped);
    }
}
