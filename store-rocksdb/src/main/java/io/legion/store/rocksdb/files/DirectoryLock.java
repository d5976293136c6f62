package io.legion.store.rocksdb.files;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.legion.spi.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The lock on a store directory. The operating system holds it, so it ends with the process that took it. The
/// file itself stays, and names the last holder.
final class DirectoryLock {

    private DirectoryLock() {}

    /// Takes the lock; closing the channel releases it.
    ///
    /// @throws StoreException if another process, or another store of this process, holds it
    static FileChannel take(Path file, Path directory) throws IOException {
        var channel = FileChannel.open(file, CREATE, READ, WRITE);
        try {
            if (!locked(channel)) {
                throw new StoreException(
                        "The store directory " + directory + " is in use by " + holder(file)
                                + ". Nothing was changed. Stop that process, or name another directory: two nodes never share one.");
            }
            channel.truncate(0);
            StoreDirectory.write(
                    channel, Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII));
            return channel;
        } catch (IOException | RuntimeException refused) {
            channel.close();
            throw refused;
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException ownProcess) {
            return false;
        }
    }

    private static String holder(Path file) {
        try {
            var pid = StoreDirectory.text(file);
            return pid.matches("\\d+") ? "the process " + pid : "another process";
        } catch (IOException unreadable) {
            return "another process";
        }
    }
}
