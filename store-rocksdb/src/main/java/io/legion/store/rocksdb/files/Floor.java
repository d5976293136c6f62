package io.legion.store.rocksdb.files;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// The file that says how far an open store has come at least: the next opening must find no less.
///
/// The store writes it over in place, within one sector, and does not force it. So it costs no request
/// anything, and a process or a machine that stops leaves the old floor or the new one. Neither is ever ahead
/// of the engine's files: what the engine counts it has handed to the operating system, and forced, if it was
/// to be forced. (After a weaker write the store is incomplete in any case, and nobody reads the floor.)
public final class Floor implements AutoCloseable {

    private static final int BYTES = 512;

    private final FileChannel file;

    private Floor(FileChannel file) {
        this.file = file;
    }

    /// Makes the file, or writes it over, forced.
    public static Floor begin(Path path, StoreExtent reached) throws IOException {
        var channel = FileChannel.open(path, CREATE, WRITE);
        try {
            var floor = new Floor(channel);
            floor.raise(reached);
            channel.truncate(BYTES);
            floor.force();
            return floor;
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    /// The floor that an earlier opening left.
    ///
    /// @throws IOException if there is none that can be read
    public static StoreExtent read(Path path) throws IOException {
        byte[] padded = Files.readAllBytes(path);
        int end = padded.length;
        while (end > 0 && padded[end - 1] == 0) {
            end--;
        }
        try {
            return StoreExtent.parse(SealedText.values(SealedText.open(Arrays.copyOf(padded, end))))
                    .orElseThrow(() -> new IllegalArgumentException("it says nothing"));
        } catch (IllegalArgumentException damaged) {
            throw new IOException("the file " + path + " cannot be used: " + damaged.getMessage(), damaged);
        }
    }

    public void raise(StoreExtent reached) throws IOException {
        byte[] padded = Arrays.copyOf(SealedText.seal(reached.toText()), BYTES);
        file.write(ByteBuffer.wrap(padded), 0);
    }

    public void force() throws IOException {
        file.force(true);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException failed) {
            throw new UncheckedIOException("The file of the floor could not be closed: " + failed.getMessage(), failed);
        }
    }
}
