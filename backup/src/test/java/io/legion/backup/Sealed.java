package io.legion.backup;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A manifest that somebody changed on purpose.
final class Sealed {
    private Sealed() {}

    /// The same text with the SHA-256 that fits.
    static String again(String file) {
        int end = file.lastIndexOf(",\"sha256\":");
        var json = file.substring("{\"manifest\":".length(), end);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
            return file.substring(0, end) + ",\"sha256\":\"" + HexFormat.of().formatHex(digest) + "\"}\n";
        } catch (NoSuchAlgorithmException none) {
            throw new IllegalStateException(none);
        }
    }
}
