package io.legion.store.rocksdb.engine;

import io.legion.spi.StoreException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;

/// RocksDB's own code, which its loader copies out of the jar into a file of some 15 MB. The loader removes that
/// when the process ends, but a process that is killed removes nothing.
///
/// So here the file goes as soon as it is loaded: the operating system keeps what is mapped. And it is in a folder of
/// the store, whose lock this process holds: what a process left that was killed meanwhile, the next one removes.
public final class NativeLibrary {
    /// Where an operator wants the file instead; RocksDB's loader heeds it.
    private static final String PLACE = "ROCKSDB_SHAREDLIB_DIR";

    private NativeLibrary() {}

    /// Loads it, unless it is loaded.
    ///
    /// @param folder for the file, and for nothing else; there only meanwhile
    /// @throws StoreException if it can be loaded neither from there nor from the folder for temporary files
    public static synchronized void load(Path folder) {
        String place = System.getenv(PLACE);
        if (place == null || place.isEmpty()) {
            loadFrom(folder);
        }
        RocksDB.loadLibrary();
    }

    /// The disk of the store may be full, or not allow code to run from it.
    private static void loadFrom(Path folder) {
        try {
            copyAndLoad(Files.createDirectories(folder));
        } catch (IOException | UnsatisfiedLinkError first) {
            try {
                copyAndLoad(Files.createTempDirectory("legion-rocksdb"));
            } catch (IOException | UnsatisfiedLinkError second) {
                throw refused(folder, first, second);
            }
        }
    }

    private static void copyAndLoad(Path folder) throws IOException {
        try {
            NativeLibraryLoader.getInstance().loadLibrary(folder.toString());
        } finally {
            remove(folder);
        }
    }

    private static StoreException refused(Path folder, Throwable first, Throwable second) {
        var refused = new StoreException(
                "RocksDB's native library can be loaded neither from " + folder + " (" + first.getMessage()
                        + ") nor from the folder for temporary files (" + second.getMessage()
                        + "). Nothing was changed. Make room in one of them, on a file system that lets code run (not"
                        + " mounted with noexec); java.io.tmpdir or " + PLACE + " names another folder.",
                second);
        refused.addSuppressed(first);
        return refused;
    }

    /// A system that does not remove a file in use leaves it to the end of the process, or to the next one.
    private static void remove(Path folder) throws IOException {
        List<Path> files;
        try (var listed = Files.list(folder)) {
            files = listed.toList();
        }
        for (Path file : files) {
            var _ = file.toFile().delete();
        }
        try {
            Files.delete(folder);
        } catch (DirectoryNotEmptyException inUse) {
            return;
        }
    }
}
