package io.legion.backup.files;

import io.legion.backup.BackupException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// A manifest as a file: JSON with the manifest, and the SHA-256 of its text.
final class ManifestFile {
    private static final String HEAD = "{\"manifest\":";
    private static final String MIDDLE = ",\"sha256\":\"";
    private static final String END = "\"}\n";
    private static final int TAIL = MIDDLE.length() + 64 + END.length();

    /// Read before the rest, of which another release may know more.
    private static final Pattern FORMAT = Pattern.compile("^\\{\\s*\"format\"\\s*:\\s*([0-9]{1,9})\\s*,");

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ManifestFile() {}

    static byte[] bytes(Manifest manifest) {
        var json = MAPPER.writeValueAsString(manifest);
        var digest = Digests.hex(Digests.of(json.getBytes(StandardCharsets.UTF_8)));
        return (HEAD + json + MIDDLE + digest + END).getBytes(StandardCharsets.UTF_8);
    }

    /// @throws BackupException if it cannot be read, is damaged, or of a later format
    static Manifest read(Path file) {
        return parsed(file, text(file));
    }

    /// The SHA-256 that stands in it, in hexadecimal digits.
    static String seal(Path file) {
        var all = bytes(file);
        text(file);
        return new String(all, all.length - END.length() - 64, 64, StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException missing) {
            throw new BackupException("The backup has no file " + file + ".", missing);
        } catch (IOException | OutOfMemoryError failure) {
            throw new BackupException("The file " + file + " cannot be read: " + failure + ".", failure);
        }
    }

    private static String text(Path file) {
        byte[] all = bytes(file);
        byte[] head = HEAD.getBytes(StandardCharsets.US_ASCII);
        if (all.length < head.length + TAIL || !Arrays.equals(head, Arrays.copyOf(all, head.length))) {
            throw damaged(file, "it is no manifest, or was cut off");
        }
        byte[] json = Arrays.copyOfRange(all, head.length, all.length - TAIL);
        var tail = MIDDLE + Digests.hex(Digests.of(json)) + END;
        var found = new String(all, all.length - TAIL, TAIL, StandardCharsets.ISO_8859_1);
        if (!tail.equals(found)) {
            throw damaged(file, "its content does not have the SHA-256 that it names");
        }
        return new String(json, StandardCharsets.UTF_8);
    }

    private static Manifest parsed(Path file, String json) {
        var format = FORMAT.matcher(json);
        if (!format.find()) {
            throw damaged(file, "it names no format");
        }
        if (Integer.parseInt(format.group(1)) != Manifest.FORMAT) {
            throw new BackupException("The backup " + file + " has the format " + format.group(1)
                    + ", and this release knows " + Manifest.FORMAT
                    + ". Nothing was changed. Use the release that wrote"
                    + " it, or a later one.");
        }
        try {
            return MAPPER.readValue(json, Manifest.class);
        } catch (JacksonException unreadable) {
            throw damaged(file, String.valueOf(unreadable.getOriginalMessage()));
        }
    }

    private static BackupException damaged(Path file, String why) {
        return new BackupException("The file " + file + " of the backup is damaged: " + why
                + ". Nothing was changed. Use another backup of the directory, or a copy of this one.");
    }
}
