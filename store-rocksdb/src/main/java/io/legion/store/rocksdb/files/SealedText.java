package io.legion.store.rocksdb.files;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/// Text in a file of its own, with a checksum as its last line.
public final class SealedText {

    private static final String CHECKSUM = "checksum=";

    private SealedText() {}

    public static byte[] seal(String text) {
        return (text + CHECKSUM + checksum(text) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /// The text that [#seal] was given.
    ///
    /// @throws IllegalArgumentException if it is something else, with a sentence that says what
    public static String open(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.lastIndexOf(CHECKSUM);
        if (end < 0 || !text.substring(end).equals(CHECKSUM + checksum(text.substring(0, end)) + "\n")) {
            throw new IllegalArgumentException("it is damaged (its checksum does not fit)");
        }
        return text.substring(0, end);
    }

    /// The lines `name=value` of a text.
    public static Map<String, String> values(String text) {
        var values = new TreeMap<String, String>();
        text.lines().filter(line -> line.indexOf('=') >= 0).forEach(line -> {
            int end = line.indexOf('=');
            values.put(line.substring(0, end), line.substring(end + 1));
        });
        return values;
    }

    private static String checksum(String text) {
        var crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
