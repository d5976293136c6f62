package io.legion.cluster.jgroups.link;

import io.legion.core.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/// The partition types of a node as a greeting carries them: compressed, because every greeting does.
/// Descriptions that are too long even so stay away, and the types go by their names alone.
public final class TypeTexts {
    private static final int MOST_BYTES = 32 * 1024;
    private static final int MOST_INFLATED_BYTES = 8 << 20;

    private TypeTexts() {}

    /// Writes them.
    ///
    /// @param types descriptions by name
    public static Bytes write(SortedMap<String, String> types) {
        byte[] all = deflated(types, true);
        return Bytes.wrap(all.length <= MOST_BYTES ? all : deflated(types, false));
    }

    private static byte[] deflated(SortedMap<String, String> types, boolean described) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            for (var type : types.entrySet()) {
                text(out, type.getKey());
                text(out, described ? type.getValue() : "");
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /// Reads them.
    ///
    /// @throws IOException if they are none, or more than any program has
    public static SortedMap<String, String> read(Bytes written) throws IOException {
        byte[] all;
        try (var in = new InflaterInputStream(new ByteArrayInputStream(written.shared()))) {
            all = in.readNBytes(MOST_INFLATED_BYTES);
        }
        if (all.length == MOST_INFLATED_BYTES) {
            throw new IOException("descriptions of partition types of more than " + MOST_INFLATED_BYTES + " bytes");
        }
        var types = new TreeMap<String, String>();
        var in = new DataInputStream(new ByteArrayInputStream(all));
        while (in.available() > 0) {
            types.put(text(in), text(in));
        }
        return types;
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("a text of " + length + " bytes");
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
