package io.legion.backup.files;

import io.legion.backup.BackupException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The backups of one cluster in one directory.
///
/// ```
/// legion-backup.lock                 held while a backup is taken
/// backup-0000007.json                a manifest: a backup is there once its manifest is
/// files/0000007-00012.sections       what backup 7 read anew of shard 12
/// files/0000007-00012.list           all sections of shard 12, also those in earlier files
/// ```
record BackupDirectory(Path path) {
    static final String LOCK = "legion-backup.lock";
    private static final Pattern MANIFEST = Pattern.compile("backup-([0-9]{7})\\.json");

    Path manifest(int number) {
        return path.resolve(name("backup-%07d.json", number));
    }

    Path sections(int number, int shard) {
        return files().resolve(name("%07d-%05d.sections", number, shard));
    }

    Path list(int number, int shard) {
        return files().resolve(name("%07d-%05d.list", number, shard));
    }

    Path files() {
        return path.resolve("files");
    }

    Path lock() {
        return path.resolve(LOCK);
    }

    private static String name(String format, int... numbers) {
        return numbers.length == 1
                ? String.format(Locale.ROOT, format, numbers[0])
                : String.format(Locale.ROOT, format, numbers[0], numbers[1]);
    }

    /// The numbers of the backups that are complete, in ascending order.
    ///
    /// @throws BackupException if the directory cannot be read
    List<Integer> numbers() {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.map(entry -> MANIFEST.matcher(entry.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(name -> Integer.parseInt(name.group(1)))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new BackupException("The directory " + path + " cannot be read: " + failure + ".", failure);
        }
    }

    /// The number of the latest backup.
    ///
    /// @throws BackupException if there is none
    int latest() {
        var numbers = numbers();
        if (numbers.isEmpty()) {
            throw new BackupException("There is no complete backup in " + path
                    + ": it has no file backup-N.json. Name the directory of a backup, or take one first.");
        }
        return numbers.getLast();
    }

    /// Makes the directory, if it is not there.
    ///
    /// @throws BackupException if it holds something else
    void prepare() {
        try {
            if (Files.isDirectory(path) && !Files.exists(lock()) && numbers().isEmpty() && !isEmpty()) {
                throw new BackupException("The directory " + path
                        + " is not empty and holds no backup. Nothing was changed. Name another one.");
            }
            Files.createDirectories(files());
        } catch (IOException failure) {
            throw new BackupException(
                    "The directory " + path + " cannot be made: " + failure + ". Nothing was changed.", failure);
        }
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        }
    }

    /// Puts the manifest in its place, once it and all files are on the disk.
    void complete(Manifest manifest) throws IOException {
        force(files());
        var aside = path.resolve("backup.new");
        write(aside, ManifestFile.bytes(manifest));
        Files.move(aside, manifest(manifest.number()), StandardCopyOption.ATOMIC_MOVE);
        force(path);
    }

    /// Writes a file, forced.
    static void write(Path file, byte[] content) throws IOException {
        try (var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    private static void force(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Drops the backups but the last ones, and the files that no backup needs. If a manifest cannot be read,
    /// everything stays: nobody knows what it needs.
    ///
    /// @param keep how many backups stay
    /// @return why everything stays; empty if all went that was to go
    Optional<String> prune(int keep) throws IOException {
        var numbers = numbers();
        var kept = numbers.subList(Math.max(0, numbers.size() - keep), numbers.size());
        var needed = new HashSet<Path>();
        for (int number : kept) {
            try {
                addFiles(ManifestFile.read(manifest(number)), needed);
            } catch (BackupException unreadable) {
                return Optional.of("No older backup was deleted, and no file: " + manifest(number)
                        + " cannot be read, so nobody knows which files its backup needs. Put the file back as it was, or"
                        + " delete it to give that backup up; the next backup then deletes what is too much.");
            }
        }
        for (int number : numbers) {
            if (!kept.contains(number)) {
                Files.deleteIfExists(manifest(number));
            }
        }
        force(path);
        dropOthers(needed);
        return Optional.empty();
    }

    private void addFiles(Manifest manifest, Set<Path> needed) {
        for (var shard : manifest.shards()) {
            needed.add(list(shard.copiedBy(), shard.shard()));
            shard.files().forEach(file -> needed.add(sections(file.by(), shard.shard())));
        }
    }

    private void dropOthers(Set<Path> needed) throws IOException {
        List<Path> others;
        try (Stream<Path> entries = Files.list(files())) {
            others = entries.filter(entry -> !needed.contains(entry)).toList();
        }
        for (var other : others) {
            Files.deleteIfExists(other);
        }
    }
}
