package io.legion.backup.files;

import io.legion.backup.BackupException;
import io.legion.backup.BackupProgress;
import io.legion.backup.BackupSettings;
import io.legion.backup.BackupSource;
import io.legion.backup.BackupSummary;
import io.legion.backup.ClusterFacts;
import io.legion.backup.ShardLook;
import io.legion.core.NodeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Takes one backup. Its files are beside those of the earlier ones, and it is there once its manifest is: until then,
/// and if anything fails, the earlier backups are as they were.
public final class BackupWriter {
    private final BackupSource source;
    private final BackupDirectory directory;
    private final BackupSettings settings;
    private final BackupProgress progress;
    private final InstantSource clock;
    private final List<String> remarks = new ArrayList<>();

    private BackupWriter(
            BackupSource source, Path path, BackupSettings settings, BackupProgress progress, InstantSource clock) {
        this.source = source;
        this.directory = new BackupDirectory(path);
        this.settings = settings;
        this.progress = progress;
        this.clock = clock;
    }

    /// Takes a backup of all that was answered before this began.
    ///
    /// @throws BackupException if shards do not settle, or cannot be read, or the files not be written
    public static BackupSummary take(
            BackupSource source, Path path, BackupSettings settings, BackupProgress progress, InstantSource clock) {
        return new BackupWriter(source, path, settings, progress, clock).take();
    }

    private BackupSummary take() {
        directory.prepare();
        try (var file = FileChannel.open(directory.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (!isLocked(file)) {
                throw new BackupException("Another backup is being taken into " + directory.path()
                        + ". Nothing was changed. Wait for it, or name another directory.");
            }
            return locked().summary(List.copyOf(remarks));
        } catch (IOException failure) {
            throw unwritten(failure);
        } catch (UncheckedIOException failure) {
            throw unwritten(failure.getCause());
        }
    }

    private BackupException unwritten(@Nullable IOException failure) {
        return new BackupException(
                "The backup could not be written to " + directory.path() + ": " + failure
                        + ". It is not there; earlier ones are as they were. See that the disk has room and may be"
                        + " written, and take it again.",
                failure);
    }

    private static boolean isLocked(FileChannel file) throws IOException {
        try {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException inThisProcess) {
            return false;
        }
    }

    private Manifest locked() throws IOException {
        var numbers = directory.numbers();
        var earlier = settings.full() ? latestReadable(numbers) : latest(numbers);
        var _ = directory.prune(Integer.MAX_VALUE);
        var began = clock.instant();
        var facts = source.facts();
        requireSameCluster(earlier, facts);
        int number = numbers.isEmpty() ? 1 : numbers.getLast() + 1;
        var copies = copies(number, settings.full() ? null : earlier, facts);
        var settled = new Settlement(source, settings.patience(), copies::isUnchanged).settle(facts);
        settled.facts().looks().stream()
                .map(ShardLook::shard)
                .filter(shard -> !settled.positions().containsKey(shard))
                .forEach(copies::keep);
        copies.copy(settled.positions());
        var manifest = manifest(copies, began, settled);
        directory.complete(manifest);
        dropOlder();
        return manifest;
    }

    /// The backup on which this one builds; null if there is none.
    ///
    /// @throws BackupException if it cannot be read
    private @Nullable Manifest latest(List<Integer> numbers) {
        try {
            return numbers.isEmpty() ? null : ManifestFile.read(directory.manifest(numbers.getLast()));
        } catch (BackupException unreadable) {
            throw new BackupException(
                    unreadable.getMessage() + " A new backup with --full needs none of the earlier files.", unreadable);
        }
    }

    /// The latest backup that can be read: a full one needs it only to see whose the directory is.
    private @Nullable Manifest latestReadable(List<Integer> numbers) {
        for (int number : numbers.reversed()) {
            try {
                return ManifestFile.read(directory.manifest(number));
            } catch (BackupException unreadable) {
                remarks.add("An earlier backup cannot be used: " + unreadable.getMessage());
            }
        }
        return null;
    }

    /// The new backup is there, whatever becomes of this.
    private void dropOlder() {
        try {
            directory.prune(settings.keep()).ifPresent(remarks::add);
        } catch (IOException | UncheckedIOException | BackupException failure) {
            remarks.add("The backup is there; older ones could not be deleted: " + failure
                    + ". The next backup tries it again.");
        }
    }

    private void requireSameCluster(@Nullable Manifest earlier, ClusterFacts facts) {
        if (earlier != null && !earlier.cluster().equals(facts.cluster())) {
            throw new BackupException("The directory " + directory.path() + " holds backups of the cluster '"
                    + earlier.clusterName() + "' (" + earlier.cluster() + "), and this is the cluster '" + facts.name()
                    + "' (" + facts.cluster() + "). Nothing was changed. Name another directory.");
        }
    }

    private ShardCopies copies(int number, @Nullable Manifest earlier, ClusterFacts facts) {
        Map<Integer, Manifest.BackedShard> known = earlier == null
                ? Map.of()
                : earlier.shards().stream().collect(Collectors.toMap(Manifest.BackedShard::shard, Function.identity()));
        return new ShardCopies(
                source, directory, number, known, progress, facts.looks().size());
    }

    private Manifest manifest(ShardCopies shards, Instant began, SettledCluster settled) {
        var facts = settled.facts();
        return new Manifest(
                Manifest.FORMAT,
                shards.number(),
                facts.release(),
                began.toString(),
                clock.instant().toString(),
                facts.cluster(),
                facts.name(),
                facts.settings(),
                facts.types(),
                settled.salvage(),
                settled.silent().stream().map(NodeId::toString).toList(),
                shards.writtenBytes(),
                shards.all());
    }
}
