package io.legion.store.rocksdb;

import io.legion.contracts.StorePlace;
import io.legion.store.rocksdb.engine.NativeLibrary;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// A place on a small file system in memory, where this process may mount one.
final class SmallDisk implements StorePlace {

    private final Path mount;
    private final RocksPlace place;

    private SmallDisk(Path mount) throws IOException {
        this.mount = mount;
        this.place = new RocksPlace(Files.createDirectory(mount.resolve("home")));
    }

    static Optional<SmallDisk> mounted() throws IOException, InterruptedException {
        return mounted("size=32m");
    }

    /// With these options of a file system in memory.
    static Optional<SmallDisk> mounted(String options) throws IOException, InterruptedException {
        // It stays mapped as long as this process lives, and what is mapped keeps a file system mounted.
        NativeLibrary.load(Files.createTempDirectory("legion-rocksdb"));
        var mount = Files.createTempDirectory("legion-small-disk");
        if (run("mount", "-t", "tmpfs", "-o", options, "tmpfs", mount.toString())) {
            return Optional.of(new SmallDisk(mount));
        }
        Files.delete(mount);
        return Optional.empty();
    }

    Path mount() {
        return mount;
    }

    /// Fills what is left, as another program would; the file is deleted to make room again.
    Path fill() throws IOException {
        var filler = mount.resolve("filler");
        try (var out = Files.newOutputStream(filler)) {
            var block = new byte[4096];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            return filler;
        }
    }

    /// Makes this much room in what [#fill()] filled.
    void free(Path filler, long bytes) throws IOException {
        try (var file = FileChannel.open(filler, StandardOpenOption.WRITE)) {
            file.truncate(file.size() - bytes);
        }
    }

    /// Takes every file that is left of those that its options allow: the folder of the files that it made.
    Path fillInodes() throws IOException {
        var folder = Files.createDirectory(mount.resolve("files"));
        for (int i = 0; true; i++) {
            try {
                Files.createFile(folder.resolve(Integer.toString(i)));
            } catch (IOException full) {
                return folder;
            }
        }
    }

    /// Lets it be written or not: `rw` or `ro`. A process that another test starts at this moment holds all open files
    /// until it has closed them.
    void remount(String how) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (!run("mount", "-o", "remount," + how, mount.toString())) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("cannot remount " + mount);
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    /// The directory of the store.
    Path directory() {
        return place.directory();
    }

    @Override
    public RocksDbStore open() {
        return place.open();
    }

    @Override
    public void shut() {
        place.shut();
    }

    @Override
    public void crash() {
        place.crash();
    }

    @Override
    public void close() throws IOException {
        try {
            place.close();
        } finally {
            unmount();
            Files.delete(mount);
        }
    }

    /// At once, whoever still holds a file of it.
    private void unmount() {
        try {
            run("umount", "-l", mount.toString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException noSuchCommand) {
            return false;
        }
    }
}
