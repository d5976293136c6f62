package io.legion.store.rocksdb;

import io.legion.spi.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;

/// RocksDB's own code, which its loader copies out of the jar into a temporary file of some 15 MB. The
/// loader removes that when the process ends, but a process that is killed removes nothing. So here the
/// file has a folder of its own, and goes as soon as it is loaded: the operating system keeps what is
/// mapped.
final class NativeLibrary {
    /// Where an operator wants the file instead; RocksDB's loader heeds it.
    private static final String PLACE = "ROCKSDB_SHAREDLIB_DIR";

    private NativeLibrary() {}

    /// Loads it, unless it is loaded.
    static synchronized void load() {
        String place = System.getenv(PLACE);
        if (place == null || place.isEmpty()) {
            loadFromFolderOfItsOwn();
        }
        RocksDB.loadLibrary();
    }

    private static void loadFromFolderOfItsOwn() {
        try {
            Path folder = Files.createTempDirectory("legion-rocksdb");
            try {
                NativeLibraryLoader.getInstance().loadLibrary(folder.toString());
            } finally {
                remove(folder);
            }
        } catch (IOException failed) {
            throw new StoreException(
                    "RocksDB's native library can not be copied into the folder for temporary files: " + failed
                            + ". Nothing was changed. Make room there, or name another folder by java.io.tmpdir.",
                    failed);
        }
    }

    /// A system that does not remove a file in use leaves it to the end of the process.
    private static void remove(Path folder) throws IOException {
        List<Path> files;
        try (var listed = Files.list(folder)) {
            files = listed.toList();
        }
        boolean removed = true;
        for (Path file : files) {
            removed &= file.toFile().delete();
        }
        if (removed) {
            Files.delete(folder);
        }
    }
}
