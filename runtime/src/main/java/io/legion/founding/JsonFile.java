package io.legion.founding;

import io.legion.core.PartitionType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file of JSON lines, with partitions of one type.
record JsonFile(Path path, PartitionType<?> type) {

    /// Names the file and, by its size and time, its version.
    String title() {
        try {
            return "the file " + path + " (" + Files.size(path) + " bytes, of " + Files.getLastModifiedTime(path) + ")";
        } catch (IOException unreadable) {
            throw unreadable(unreadable);
        }
    }

    /// See [FoundingData#read].
    long read(long from, FoundingData.Recipient recipient) {
        var codec = JsonLineCodec.of(type);
        long line = 0;
        try (var lines = new LineReader(Files.newInputStream(path))) {
            for (; lines.next(); line++) {
                if (line >= from) {
                    take(codec, lines, line + 1, recipient);
                }
            }
            return line;
        } catch (IOException unreadable) {
            throw unreadable(unreadable).at("Line " + (line + 1) + " of " + path);
        }
    }

    private void take(JsonLineCodec<?> codec, LineReader lines, long line, FoundingData.Recipient recipient) {
        try {
            recipient.take(codec.read(JsonTree.of(lines.buffer(), lines.start(), lines.end())));
        } catch (FoundingDataException refused) {
            throw refused.at("Line " + line + " of " + path);
        }
    }

    private FoundingDataException unreadable(IOException failure) {
        return new FoundingDataException("The file " + path + " cannot be read: " + failure + ".", failure);
    }
}
