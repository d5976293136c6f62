package io.legion.backup.files;

import io.legion.backup.BackupException;
import io.legion.backup.BackupProgress;
import io.legion.backup.BackupSettings;
import io.legion.backup.BackupSource;
import io.legion.backup.BackupSummary;
import io.legion.backup.ClusterFacts;
import io.legion.backup.ShardLook;
import io.legion.operations.SettledShard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
    /// @throws BackupException if it cannot be complete
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
            return locked().summary();
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
        var earlier = numbers.isEmpty() ? null : ManifestFile.read(directory.manifest(numbers.getLast()));
        directory.prune(Integer.MAX_VALUE);
        var began = clock.instant();
        var facts = source.facts();
        requireSameCluster(earlier, facts);
        var shards = shards(numbers.isEmpty() ? 1 : numbers.getLast() + 1, settings.full() ? null : earlier, facts);
        var manifest = manifest(shards, began, facts);
        directory.complete(manifest);
        directory.prune(settings.keep());
        return manifest;
    }

    private void requireSameCluster(@Nullable Manifest earlier, ClusterFacts facts) {
        if (earlier != null && !earlier.cluster().equals(facts.cluster())) {
            throw new BackupException("The directory " + directory.path() + " holds backups of the cluster '"
                    + earlier.clusterName() + "' (" + earlier.cluster() + "), and this is the cluster '" + facts.name()
                    + "' (" + facts.cluster() + "). Nothing was changed. Name another directory.");
        }
    }

    private ShardCopies shards(int number, @Nullable Manifest earlier, ClusterFacts facts) {
        Map<Integer, Manifest.BackedShard> known = earlier == null
                ? Map.of()
                : earlier.shards().stream().collect(Collectors.toMap(Manifest.BackedShard::shard, Function.identity()));
        var copies = new ShardCopies(
                source, directory, number, known, progress, facts.looks().size());
        var changed = facts.looks().stream()
                .filter(look -> !copies.isUnchanged(look))
                .map(ShardLook::shard)
                .toList();
        copies.copy(settled(changed));
        return copies;
    }

    /// The positions that the shards have reached.
    private Map<Integer, Long> settled(List<Integer> shards) {
        if (shards.isEmpty()) {
            return Map.of();
        }
        var settled = source.settle(shards, settings.patience());
        var not = settled.stream().filter(shard -> !shard.isSettled()).toList();
        if (!not.isEmpty() || settled.size() != shards.size()) {
            throw new BackupException("The backup would not be complete, so none was taken. " + why(not)
                    + " Earlier backups are as they were. See to these shards (./legion status, ./legion doctor), and"
                    + " take it again.");
        }
        var positions = new TreeMap<Integer, Long>();
        settled.forEach(shard -> positions.put(shard.shard(), shard.position()));
        return positions;
    }

    private static String why(List<SettledShard> not) {
        return not.stream()
                .collect(Collectors.groupingBy(SettledShard::why, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(alike -> "Of shard"
                        + (alike.getValue().size() == 1 ? " " : "s ")
                        + alike.getValue().stream()
                                .map(one -> Integer.toString(one.shard()))
                                .collect(Collectors.joining(", "))
                        + ": " + alike.getKey() + ".")
                .collect(Collectors.joining(" "));
    }

    private Manifest manifest(ShardCopies shards, Instant began, ClusterFacts facts) {
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
                facts.looks().stream().mapToLong(ShardLook::salvage).sum(),
                shards.writtenBytes(),
                shards.all());
    }
}
