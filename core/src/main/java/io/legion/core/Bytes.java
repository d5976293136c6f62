package io.legion.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// An immutable sequence of bytes, ordered as unsigned bytes from left to right (a prefix comes first).
public final class Bytes implements Comparable<Bytes> {
    /// No bytes.
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] content;
    private int hash;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /// A copy of these bytes.
    public static Bytes copyOf(byte[] content) {
        return content.length == 0 ? EMPTY : new Bytes(content.clone());
    }

    /// These very bytes, not copied: the caller promises never to change the array again.
    public static Bytes wrap(byte[] content) {
        return content.length == 0 ? EMPTY : new Bytes(content);
    }

    /// The text in UTF-8.
    public static Bytes of(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /// How many bytes there are.
    public int size() {
        return content.length;
    }

    /// The byte at `index`, counted from 0.
    public byte at(int index) {
        return content[index];
    }

    /// A copy, which belongs to the caller.
    public byte[] toArray() {
        return content.clone();
    }

    /// The internal array, not a copy: for reading only. A write to it breaks every holder of this value.
    public byte[] shared() {
        return content;
    }

    /// True if these bytes begin with those of `prefix`.
    public boolean startsWith(Bytes prefix) {
        return content.length >= prefix.content.length
                && Arrays.equals(content, 0, prefix.content.length, prefix.content, 0, prefix.content.length);
    }

    /// The bytes read as UTF-8; malformed bytes become the replacement character.
    public String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(content, other.content);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        // Racy on purpose: every thread computes the same value, as String does.
        int h = hash;
        if (h == 0) {
            h = Arrays.hashCode(content);
            hash = h;
        }
        return h;
    }

    /// The text if every byte is printable ASCII, else `0x` and hexadecimal digits.
    @Override
    public String toString() {
        for (byte b : content) {
            if (b < 0x20 || b > 0x7e) {
                return "0x" + HexFormat.of().formatHex(content);
            }
        }
        return new String(content, StandardCharsets.US_ASCII);
    }
}
