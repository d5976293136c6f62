package io.legion.backup.files;

import io.legion.backup.BackupException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Reads the sections of one shard.
///
/// **Threads.** One at a time.
final class SectionFiles implements AutoCloseable {
    /// With this a file of sections begins.
    static final byte[] HEAD = "legion-backup-sections 1\n".getBytes(StandardCharsets.US_ASCII);

    private final BackupDirectory directory;
    private final int shard;
    private final Map<Integer, FileChannel> open = new TreeMap<>();

    SectionFiles(BackupDirectory directory, int shard) {
        this.directory = directory;
        this.shard = shard;
    }

    /// Whether the file is there and as long as it was.
    ///
    /// @throws BackupException if not
    void require(Manifest.UsedFile file) {
        var path = directory.sections(file.by(), shard);
        try {
            var channel = channel(file.by());
            byte[] head = read(channel, 0, HEAD.length);
            if (channel.size() != file.bytes() || !Arrays.equals(HEAD, head)) {
                throw damaged(
                        path,
                        "it has " + channel.size() + " bytes, where " + file.bytes() + " were written, or another head",
                        null);
            }
        } catch (IOException failure) {
            throw damaged(path, "it cannot be read (" + failure + ")", failure);
        }
    }

    /// The section, not deflated.
    ///
    /// @throws BackupException if it is not there as it was written
    byte[] read(ListedSection section) {
        var path = directory.sections(section.by(), shard);
        try {
            byte[] deflated = read(channel(section.by()), section.offset(), section.deflatedBytes());
            byte[] content = inflate(deflated, section.bytes());
            if (!Digests.of(content).equals(section.digest())) {
                throw damaged(path, "the section at " + section.offset() + " does not have its SHA-256", null);
            }
            return content;
        } catch (IOException failure) {
            throw damaged(path, "it cannot be read (" + failure + ")", failure);
        } catch (DataFormatException wrong) {
            throw damaged(path, "the section at " + section.offset() + " is not whole", wrong);
        }
    }

    private FileChannel channel(int by) throws IOException {
        var known = open.get(by);
        if (known == null) {
            known = FileChannel.open(directory.sections(by, shard), StandardOpenOption.READ);
            open.put(by, known);
        }
        return known;
    }

    private static byte[] read(FileChannel channel, long offset, int size) throws IOException {
        var content = ByteBuffer.allocate(size);
        while (content.hasRemaining()) {
            if (channel.read(content, offset + content.position()) < 0) {
                throw new IOException("it ends at " + channel.size());
            }
        }
        return content.array();
    }

    /// @throws DataFormatException if it is not what deflating content of that size gives
    static byte[] inflate(byte[] deflated, int size) throws DataFormatException {
        try (var inflater = new Inflater(true)) {
            inflater.setInput(deflated);
            byte[] content = new byte[size];
            int read = 0;
            while (read < size) {
                int more = inflater.inflate(content, read, size - read);
                if (more == 0) {
                    throw new DataFormatException("it ends early");
                }
                read += more;
            }
            if (inflater.inflate(new byte[1]) != 0 || !inflater.finished()) {
                throw new DataFormatException("it goes on too long");
            }
            return content;
        }
    }

    static BackupException damaged(Path file, String why, @org.jspecify.annotations.Nullable Throwable cause) {
        return new BackupException(
                "The file " + file + " of the backup is damaged: " + why
                        + ". Nothing was changed. Use another backup of the directory, or a copy of this one; a new"
                        + " backup with --full needs none of the earlier files.",
                cause);
    }

    @Override
    public void close() {
        for (var channel : open.values()) {
            try {
                channel.close();
            } catch (IOException unimportant) {
                // It was only read.
            }
        }
    }
}
