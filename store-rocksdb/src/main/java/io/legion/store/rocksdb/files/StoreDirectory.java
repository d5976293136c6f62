package io.legion.store.rocksdb.files;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.legion.service.ByteSize;
import io.legion.service.Logger;
import io.legion.spi.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// The directory of a store, from the moment it is ours: the lock is held until [#close()].
///
/// ```text
/// lock           held while a process uses the store; names that process
/// legion-store   the Marker, replaced as a whole
/// floor          how far the store has come at least, while it is open: the Floor
/// scrub          how far the scrub has come: the ScrubProgress
/// rocksdb/       the engine's own files; rocksdb-1/ and so on, if a damaged engine was replaced
/// native/        the engine's own code, while it is loaded: the NativeLibrary
/// ```
///
/// The marker is written before the engine's directory, and the store takes writes only when the marker names
/// its owner. So a directory without a marker was never a store, and the content of one without an owner may be
/// thrown away.
public final class StoreDirectory implements AutoCloseable {

    private static final String LOCK = "lock";
    private static final String MARKER = "legion-store";
    private static final String NEXT_MARKER = "legion-store.next";
    private static final String FLOOR = "floor";

    /// Some blocks of a file system.
    public static final ByteSize MARKER_ROOM = ByteSize.parse("64 KiB");

    private final Path path;
    private final FileChannel lock;

    private StoreDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /// Takes the directory, and makes it if it is not there.
    ///
    /// @throws StoreException if it is something else or in use; nothing in it was changed
    public static StoreDirectory take(Path path) {
        try {
            Files.createDirectories(path);
            requireStoreOrEmpty(path);
            return new StoreDirectory(path, DirectoryLock.take(path.resolve(LOCK), path));
        } catch (IOException failed) {
            throw new StoreException(
                    "The store directory " + path + " cannot be used: " + failed + ". Nothing was changed.", failed);
        }
    }

    public Path engine(EngineFiles files) {
        return path.resolve(files.directory());
    }

    /// Where the engine's own code is while it is loaded.
    public Path library() {
        return path.resolve("native");
    }

    /// Where the scrub keeps how far it has come.
    public Path scrub() {
        return path.resolve("scrub");
    }

    /// What the marker says; a directory without one is new.
    public Marker marker() {
        try {
            var file = path.resolve(MARKER);
            return Files.exists(file) ? Marker.parse(Files.readAllBytes(file)) : Marker.fresh();
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new StoreException(
                    "The file " + path.resolve(MARKER) + " cannot be used: " + unreadable.getMessage()
                            + ". The store was left as it is. If a newer version wrote it, use that version; if it is damaged, "
                            + "move the directory away and let the node start as a new one, or restore a copy.",
                    unreadable);
        }
    }

    /// Replaces the marker, forced: whatever happens, either the old or the new one is there afterwards.
    ///
    /// @throws IOException if it could not; its message is a sentence without the full stop
    public void write(Marker marker) throws IOException {
        var next = path.resolve(NEXT_MARKER);
        try {
            try (var channel = FileChannel.open(next, CREATE, WRITE, TRUNCATE_EXISTING)) {
                write(channel, marker.toBytes());
                channel.force(true);
            }
            Files.move(next, path.resolve(MARKER), StandardCopyOption.ATOMIC_MOVE);
            force(path);
        } catch (IOException failed) {
            if (Files.isRegularFile(next)) {
                var _ = next.toFile().delete();
            }
            throw new IOException("The file " + path.resolve(MARKER) + " could not be written: " + failed, failed);
        }
    }

    /// True if there is no room even for the marker.
    public boolean isFull() {
        try {
            return Files.getFileStore(path).getUsableSpace() < MARKER_ROOM.bytes();
        } catch (IOException unknown) {
            return false;
        }
    }

    /// How far the store had come at least when it was last open.
    ///
    /// @throws IOException if nothing says so
    public StoreExtent floor() throws IOException {
        return Floor.read(path.resolve(FLOOR));
    }

    /// From now on the store has come at least this far.
    public Floor begin(StoreExtent reached) {
        try {
            var floor = Floor.begin(path.resolve(FLOOR), reached);
            force(path);
            return floor;
        } catch (IOException failed) {
            throw new StoreException(
                    "The file " + path.resolve(FLOOR) + " could not be written: " + failed
                            + ". The store was not opened; look for a full or broken disk and start again.",
                    failed);
        }
    }

    /// Removes an engine that holds nothing: of a store that has no owner yet, or one that another engine
    /// replaced.
    public void removeEngine(Path engine) {
        if (!Files.exists(engine)) {
            return;
        }
        try (var files = Files.walk(engine)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException | UncheckedIOException failed) {
            throw new StoreException(
                    "The engine in " + engine + ", which nobody needs, could not be removed: " + failed, failed);
        }
    }

    /// Removes the engines that this one replaced, and those that never took its place; nothing else, as a person
    /// may have put something beside them. If it cannot, the next start tries it again.
    public void removeOtherEngines(EngineFiles files, Logger logger) {
        try (var engines = Files.newDirectoryStream(path, file -> isOtherEngine(file, files))) {
            for (var engine : engines) {
                removeEngine(engine);
                logger.info("Removed " + engine + ", the engine before or beside " + files.directory() + ".");
            }
        } catch (StoreException failed) {
            logger.warning(failed.getMessage() + ". The next start tries that again.");
        } catch (IOException | DirectoryIteratorException failed) {
            logger.warning("Whether the store directory " + path + " has engines that nobody needs is not known: "
                    + failed + ". The next start looks again.");
        }
    }

    private static boolean isOtherEngine(Path file, EngineFiles files) {
        var name = String.valueOf(file.getFileName());
        return EngineFiles.isName(name) && !name.equals(files.directory());
    }

    /// Releases the directory for others.
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException failed) {
            throw new StoreException(
                    "The lock of the store directory " + path + " could not be released: " + failed, failed);
        }
    }

    private static void requireStoreOrEmpty(Path path) throws IOException {
        if (Files.exists(path.resolve(MARKER))) {
            return;
        }
        List<String> names;
        try (var files = Files.list(path)) {
            names = files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
        // A start cut short before it wrote the marker leaves at most these two.
        if (!Set.of(LOCK, NEXT_MARKER).containsAll(names)) {
            throw new StoreException("The directory " + path + " is not a Legion store: it has no file '" + MARKER
                    + "', but it holds " + names.subList(0, Math.min(3, names.size()))
                    + ". Nothing was changed. Name an empty directory, or one that does not exist yet.");
        }
    }

    private static void force(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        }
    }

    static void write(FileChannel channel, byte[] bytes) throws IOException {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    public static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8).strip();
    }
}
