package io.legion.recording;

import io.legion.core.Codec;
import io.legion.core.CodecException;
import io.legion.core.CodecLimits;
import io.legion.core.PartitionType;
import io.legion.core.codec.ValueJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// A golden history as a file of lines (docs/upgrades.md has the format).
///
/// The first line names the format. Each other one is a checksum, a space, and what the checksum is of: the head and
/// the steps as bytes in base 64, followed by the same as JSON for people, which nothing reads; at the end `end` and
/// the number of steps. So a file that lacks something, or that somebody changed, is noticed.
///
/// @param name of the file, for messages
public record HistoryFile(String name, HistoryHead head, List<HistoryStep> steps) {
    /// How the names of such files end.
    public static final String ENDING = ".history";

    /// The largest file that is read.
    public static final long MOST_BYTES = 512L << 20;

    private static final String FORMAT = "legion history 1";
    private static final String END = "end ";
    private static final int CHECKSUM = 8;
    private static final Codec<HistoryHead> HEADS = Codec.derived(HistoryHead.class);
    private static final Codec<HistoryStep> STEPS = Codec.derived(HistoryStep.class, new CodecLimits(64 << 20, 16));

    /// The bytes of a file.
    public static byte[] bytes(PartitionType<?> type, HistoryHead head, List<HistoryStep> steps) {
        var out = new ByteArrayOutputStream();
        out.writeBytes((FORMAT + "\n").getBytes(StandardCharsets.UTF_8));
        var about = "{\"type\":" + ValueJson.of(head.type(), 1_000).text() + ",\"version\":" + head.version()
                + ",\"recorded\":\"" + head.recorded() + "\",\"pseudonymous\":" + head.pseudonymous() + "}";
        line(out, base64(HEADS.encode(head)) + " " + about);
        steps.forEach(step -> line(out, base64(STEPS.encode(step)) + " " + StepText.of(type, step)));
        line(out, END + steps.size());
        return out.toByteArray();
    }

    private static void line(ByteArrayOutputStream out, String content) {
        out.writeBytes((checksum(content) + " " + content + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String checksum(String content) {
        var crc = new CRC32C();
        crc.update(content.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// Saves the bytes of a file under a name that says what it is, as a whole or not at all.
    ///
    /// @param directory made if it is not there
    /// @throws HistoryFileException if they are no whole history, the directory cannot be written to, or has the
    ///     file
    public static Path save(byte[] bytes, Path directory) {
        try {
            Files.createDirectories(directory);
            var part = Files.createTempFile(directory, "history", ".part");
            try {
                Files.write(part, bytes);
                var file = directory.resolve(read(part).head().fileName());
                Files.move(part, file);
                return file;
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException unwritable) {
            throw new HistoryFileException(
                    "The history cannot be saved in " + directory + ": " + unwritable + ". It is not there.",
                    unwritable);
        }
    }

    /// Reads a file.
    ///
    /// @throws HistoryFileException if it cannot be read, is no history, or not a whole one
    public static HistoryFile read(Path file) {
        return new Reading(file).read();
    }

    /// A file that is being read.
    private static final class Reading {
        private final Path file;
        private int number;

        Reading(Path file) {
            this.file = file;
        }

        HistoryFile read() {
            List<String> lines = lines();
            if (lines.isEmpty() || !lines.getFirst().equals(FORMAT)) {
                throw new HistoryFileException(
                        file + " is no golden history of a format that this release reads: its first line is not '"
                                + FORMAT + "'. Record it again with ./legion record, or name another file.",
                        null);
            }
            number = 1;
            var contents = lines.stream().skip(1).map(this::content).toList();
            if (contents.size() < 2 || !contents.getLast().startsWith(END)) {
                throw damaged("the end is missing", null);
            }
            number = 2;
            var head = decoded(HEADS, contents.getFirst());
            var steps = new ArrayList<HistoryStep>();
            for (String content : contents.subList(1, contents.size() - 1)) {
                number++;
                steps.add(decoded(STEPS, content));
            }
            if (!contents.getLast().equals(END + steps.size())) {
                throw damaged("there are " + steps.size() + " steps, and the end says otherwise", null);
            }
            return new HistoryFile(String.valueOf(file.getFileName()), head, List.copyOf(steps));
        }

        private List<String> lines() {
            try {
                if (Files.size(file) > MOST_BYTES) {
                    throw new HistoryFileException(
                            file + " has " + Files.size(file) + " bytes, and a history has at most " + MOST_BYTES
                                    + ". Record fewer steps.",
                            null);
                }
                // Lines may end as on another system: version control changes that.
                return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                        .lines()
                        .toList();
            } catch (IOException unreadable) {
                throw new HistoryFileException(file + " cannot be read: " + unreadable + ".", unreadable);
            }
        }

        private String content(String line) {
            number++;
            var content = line.length() > CHECKSUM ? line.substring(CHECKSUM + 1) : "";
            if (!line.equals(checksum(content) + " " + content)) {
                throw damaged("its checksum is that of another line", null);
            }
            return content;
        }

        private <T> T decoded(Codec<T> codec, String content) {
            try {
                return codec.decode(Base64.getDecoder().decode(content.substring(0, content.indexOf(' '))));
            } catch (CodecException | IllegalArgumentException | IndexOutOfBoundsException foreign) {
                throw damaged("it is written otherwise than this release reads: " + foreign.getMessage(), foreign);
            }
        }

        private HistoryFileException damaged(String what, @Nullable Throwable cause) {
            return new HistoryFileException(
                    "line " + number + " of " + file + ": " + what
                            + ". The file is damaged, was changed, or is not whole."
                            + " Take it from version control, or record it again.",
                    cause);
        }
    }
}
