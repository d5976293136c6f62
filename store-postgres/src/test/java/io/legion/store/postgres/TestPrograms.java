package io.legion.store.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/// The programs of PostgreSQL that the build brings, unpacked where the user of the server may read them; or those of
/// the machine, where the build has none for it.
public final class TestPrograms {

    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    private static final int EXECUTABLE = 0100;

    private TestPrograms() {}

    /// The directory of the programs, unpacked once for a process; null for those of the machine.
    public static @Nullable Path unpacked() {
        return Unpacked.DIRECTORY;
    }

    private static @Nullable Path unpack() throws IOException {
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT) + " " + System.getProperty("os.arch");
        if (!system.equals("linux amd64")) {
            return null;
        }
        var home = Files.createTempDirectory("legion-postgres-programs");
        home.toFile().setReadable(true, false);
        home.toFile().setExecutable(true, false);
        try (var packed = TestPrograms.class.getResourceAsStream(ARCHIVE)) {
            if (packed == null) {
                throw new IOException("the build brings no " + ARCHIVE);
            }
            unpack(packed, home);
        }
        Trees.removeAtExit(home);
        return home.resolve("bin");
    }

    private static void unpack(InputStream packed, Path home) throws IOException {
        try (var files = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (var entry = files.getNextEntry(); entry != null; entry = files.getNextEntry()) {
                unpack(files, entry, home.resolve(entry.getName()).normalize());
            }
        }
    }

    private static void unpack(InputStream files, TarArchiveEntry entry, Path place) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(place);
            return;
        }
        Files.createDirectories(place.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(place, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(files, place);
        place.toFile().setReadable(true, false);
        if ((entry.getMode() & EXECUTABLE) != 0) {
            place.toFile().setExecutable(true, false);
        }
    }

    private static final class Unpacked {
        static final @Nullable Path DIRECTORY;

        static {
            try {
                DIRECTORY = unpack();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
