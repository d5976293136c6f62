package io.legion.backup;

import io.legion.backup.files.BackupReader;
import io.legion.backup.files.BackupWriter;
import io.legion.backup.files.Manifest;
import io.legion.core.Bytes;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.founding.FoundingData;
import io.legion.founding.FoundingDataException;
import io.legion.founding.FoundingRecord;
import io.legion.operations.TypeShape;
import io.legion.spi.TypeDescription;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A backup of a cluster: the states of all its partitions, each shard as it was at one position of its history, with
/// everything that the nodes which take part had answered when the backup was begun. A new cluster is founded from it:
///
/// ```java
/// var legion = Legion.named("bank").store(store).mayFound(true)
///         .founding(Backup.at(directory).readableBy(ACCOUNTS))
///         .open(ACCOUNTS);
/// ```
///
/// A directory holds several backups of one cluster, which share what did not change between them.
///
/// A backup has states only. The new cluster remembers no request and no session of the old one: a request that was
/// answered there and is tried again is applied again.
///
/// **Failure.** Each method may throw a [BackupException], which says which file is damaged, missing or of another
/// release; where a cluster is founded from it, it is a [FoundingDataException]. Whoever reads a backup changes
/// nothing.
/// **Threads.** Any.
public final class Backup implements FoundingData {
    private final Path directory;
    private final Optional<Integer> number;

    /// What it must be readable by; null if by nobody.
    private final @Nullable List<PartitionType<?>> readers;

    private @Nullable BackupReader opened; // guarded by this

    private Backup(Path directory, Optional<Integer> number, @Nullable List<PartitionType<?>> readers) {
        this.directory = directory;
        this.number = number;
        this.readers = readers;
    }

    /// The latest backup of a directory. It is opened when something is asked of it, so a program that founds a cluster
    /// from it starts again when it is away.
    public static Backup at(Path directory) {
        return new Backup(directory, Optional.empty(), null);
    }

    /// The backup with this number of a directory, opened as that of [#at(Path)].
    public static Backup at(Path directory, int number) {
        return new Backup(directory, Optional.of(number), null);
    }

    private synchronized BackupReader reader() {
        var reader = opened;
        if (reader == null) {
            reader = BackupReader.open(directory, number);
            requireReadable(reader.manifest());
            opened = reader;
        }
        return reader;
    }

    /// The numbers of the complete backups of a directory, in ascending order.
    public static List<Integer> numbers(Path directory) {
        return BackupReader.numbers(directory);
    }

    /// Takes a backup while the cluster goes on. It has all that was answered before this was called, unless the
    /// summary says what it may lack ([BackupSummary#mayLack]). What did not change since the latest backup of the
    /// directory is not copied again.
    ///
    /// @param directory of backups of the same cluster; empty, or not there yet, for the first one
    /// @throws BackupException if shards do not settle, or cannot be copied; it is not there then, and earlier ones
    ///     are as they were
    /// @throws io.legion.operations.UnreachableException if the cluster does not answer
    public static BackupSummary take(
            BackupSource source, Path directory, BackupSettings settings, BackupProgress progress) {
        return BackupWriter.take(source, directory, settings, progress, InstantSource.system());
    }

    /// What it is of, and how much.
    public BackupSummary summary() {
        return reader().manifest().summary(List.of());
    }

    /// The partition types of the cluster.
    public List<TypeShape> types() {
        return reader().manifest().types();
    }

    /// The SHA-256 of the states of each shard, by its number, in hexadecimal digits. Two clusters with as many shards
    /// and the same states have the same.
    public Map<Integer, String> digests() {
        return reader().manifest().shards().stream()
                .collect(Collectors.toMap(Manifest.BackedShard::shard, Manifest.BackedShard::digest));
    }

    /// Reads all of it, and compares it with what was written.
    ///
    /// @return what is damaged or missing, as sentences that name the files; empty if nothing is
    public List<String> damages(BackupProgress progress) {
        return reader().damages(progress);
    }

    /// The encoded state of a partition; empty if it was in its initial state.
    ///
    /// @param type the name of its type
    /// @throws BackupException if the cluster had no such type, or a file is damaged
    public Optional<Bytes> find(String type, PartitionKey key) {
        return reader().find(type, key);
    }

    /// This backup, for a program with these types. If the program cannot read it, because a type is missing, or has a
    /// format that no release of one program has together with that of the backup, whatever is asked of it says so.
    public Backup readableBy(PartitionType<?>... types) {
        return new Backup(directory, number, List.of(types));
    }

    private void requireReadable(Manifest manifest) {
        if (readers == null) {
            return;
        }
        var known = readers.stream().collect(Collectors.toMap(PartitionType::name, Function.identity()));
        for (var shape : manifest.types()) {
            var type = known.get(shape.name());
            if (type == null) {
                throw new BackupException("The " + manifest.title() + " has partitions of the type '" + shape.name()
                        + "', which this program does not know. Nothing of it was taken in. Give every partition"
                        + " type of the backup.");
            }
            if (shape.version() > type.version()) {
                throw new BackupException("The " + manifest.title() + " was taken when version " + shape.version()
                        + " of the type '" + shape.name() + "' was active, and this program runs version "
                        + type.version() + " at most. Nothing of it was taken in. Use a release of the program that"
                        + " runs version " + shape.version() + ".");
            }
            TypeDescription.conflict(TypeDescription.of(type), shape.shape()).ifPresent(why -> {
                throw new BackupException("The " + manifest.title() + " cannot be read by this program: of the"
                        + " type '" + shape.name() + "', " + why
                        + ". Nothing of it was taken in. Use a release of the program"
                        + " that can read it.");
            });
        }
    }

    /// @throws FoundingDataException if it cannot be used
    @Override
    public String title() {
        try {
            return reader().title();
        } catch (BackupException refused) {
            throw new FoundingDataException(String.valueOf(refused.getMessage()), refused);
        }
    }

    @Override
    public long read(long from, Recipient recipient) {
        try {
            var reader = reader();
            var names =
                    reader.manifest().types().stream().collect(Collectors.toMap(TypeShape::number, TypeShape::name));
            return reader.read(from, state -> {
                var name = names.get(state.type());
                if (name == null) {
                    throw new BackupException("The " + reader.manifest().title() + " has a partition of a type with the"
                            + " number " + state.type() + ", which its manifest does not name.");
                }
                recipient.take(new FoundingRecord(name, state.key(), state.state()));
            });
        } catch (BackupException damaged) {
            throw new FoundingDataException(String.valueOf(damaged.getMessage()), damaged);
        }
    }
}
