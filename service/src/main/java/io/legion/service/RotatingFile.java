package io.legion.service;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A file for appending that is renamed when it is full. Owned by one thread at a time.
///
/// A write that failed closes the file; the next append opens it again, so that the log gets over a full disk
/// or a removed directory without a restart.
final class RotatingFile {

    private final Path file;
    private final long maximumBytes;
    private final int kept;
    private @Nullable OutputStream stream;
    private long size;

    private RotatingFile(Path file, long maximumBytes, int kept) {
        this.file = file.toAbsolutePath();
        this.maximumBytes = maximumBytes;
        this.kept = kept;
    }

    static RotatingFile open(Path file, long maximumBytes, int kept) {
        var opened = new RotatingFile(file, maximumBytes, kept);
        try {
            opened.stream();
            return opened;
        } catch (IOException failure) {
            throw new UncheckedIOException("The log file " + file + " cannot be opened: " + failure, failure);
        }
    }

    void append(String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            stream();
            if (size > 0 && size + bytes.length > maximumBytes) {
                rotate();
            }
            stream().write(bytes);
            size += bytes.length;
        } catch (IOException failure) {
            close();
            throw failure;
        }
    }

    private OutputStream stream() throws IOException {
        var open = stream;
        if (open != null) {
            return open;
        }
        var directory = file.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        // Not a channel: an interrupted thread would close that, and with it everybody's log.
        open = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        size = Files.size(file);
        stream = open;
        return open;
    }

    private void rotate() throws IOException {
        close();
        if (kept == 0) {
            Files.deleteIfExists(file);
        } else {
            for (int number = kept - 1; number >= 0; number--) {
                var from = numbered(number);
                if (Files.exists(from)) {
                    Files.move(from, numbered(number + 1), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        size = 0;
    }

    private Path numbered(int number) {
        return number == 0 ? file : file.resolveSibling(file.getFileName() + "." + number);
    }

    void close() {
        var open = stream;
        stream = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException _) {
                // Every message was handed over when it was written: there is nothing left to lose here.
            }
        }
    }
}
