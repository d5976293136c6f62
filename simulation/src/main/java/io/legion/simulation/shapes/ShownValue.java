package io.legion.simulation.shapes;

import io.legion.core.Codec;
import io.legion.core.CodecException;
import io.legion.core.codec.DescribedValue;
import io.legion.core.codec.RecordCodec;
import io.legion.core.codec.ValueJson;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A value as its bytes show it, in one line.
final class ShownValue {
    private static final int LONGEST = 8_000;

    private ShownValue() {}

    static <T> String of(Codec<T> codec, T value) {
        byte[] bytes = codec.encode(value);
        if (codec instanceof RecordCodec<T> found) {
            try {
                return shown(DescribedValue.read(found.describe(), bytes), bytes);
            } catch (CodecException _) {
                // Two types of one name: the description does not tell them apart, and the bytes have to do.
            }
        }
        return bytes.length > LONGEST
                ? "sha256 " + hash(bytes)
                : "0x" + HexFormat.of().formatHex(bytes);
    }

    /// Of a long value the beginning, and a hash that shows a change of the rest.
    private static String shown(Object tree, byte[] bytes) {
        var json = ValueJson.of(tree, LONGEST);
        return json.shortened() ? json.text() + " sha256 " + hash(bytes) : json.text();
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }
}
