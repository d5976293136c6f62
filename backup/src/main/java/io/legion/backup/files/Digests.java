package io.legion.backup.files;

import io.legion.core.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256, and how it is written.
final class Digests {
    private Digests() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException none) {
            throw new IllegalStateException("every Java has SHA-256", none);
        }
    }

    static Bytes of(byte[] content) {
        return Bytes.wrap(sha256().digest(content));
    }

    static String hex(Bytes bytes) {
        return HexFormat.of().formatHex(bytes.shared());
    }

    /// @throws IllegalArgumentException if it is no hexadecimal number
    static Bytes parsed(String hex) {
        return Bytes.wrap(HexFormat.of().parseHex(hex));
    }
}
