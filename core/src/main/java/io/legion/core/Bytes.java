package io.legion.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/// An immutable sequence of bytes, ordered as unsigned bytes from left to right (a prefix comes first).
public final class Bytes implements Comparable<Bytes> {
    /// No bytes.
    public static final Bytes EMPTY = new Bytes(new byte[0], true);

    private final byte[] content;
    private int hash;

    /// False if the array came from outside.
    private final boolean own;

    private Bytes(byte[] content, boolean own) {
        this.content = content;
        this.own = own;
    }

    /// A copy of these bytes.
    public static Bytes copyOf(byte[] content) {
        return content.length == 0 ? EMPTY : new Bytes(content.clone(), true);
    }

    /// A copy of the bytes from one index up to, but without, another.
    ///
    /// @throws IndexOutOfBoundsException if the array does not have them
    public static Bytes copyOf(byte[] content, int from, int to) {
        Objects.checkFromToIndex(from, to, content.length);
        return from == to ? EMPTY : new Bytes(Arrays.copyOfRange(content, from, to), true);
    }

    /// These very bytes, not copied: the caller promises never to change the array again.
    public static Bytes wrap(byte[] content) {
        return content.length == 0 ? EMPTY : new Bytes(content, false);
    }

    /// The text in UTF-8.
    ///
    /// @throws IllegalArgumentException if the text has half of a surrogate pair: no UTF-8 stands for it, and a
    ///     replacement would make unequal texts equal
    public static Bytes of(String text) {
        requireUnicode(text);
        return text.isEmpty() ? EMPTY : new Bytes(text.getBytes(StandardCharsets.UTF_8), true);
    }

    private static void requireUnicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (!Character.isSurrogate(unit)) {
                continue;
            }
            if (Character.isHighSurrogate(unit)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else {
                throw new IllegalArgumentException(
                        "the text '" + escaped(text) + "' is not valid Unicode: the character" + " at index " + i
                                + " is half of a surrogate pair. Was it cut in the middle of a character?");
            }
        }
    }

    /// The text with escapes for what output replaces or hides.
    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.chars().forEach(unit -> {
            if (Character.isSurrogate((char) unit) || Character.isISOControl(unit)) {
                escaped.append("\\u").append(HexFormat.of().toHexDigits((char) unit));
            } else {
                escaped.append((char) unit);
            }
        });
        return escaped.toString();
    }

    /// These bytes in an array that no caller of [#wrap] has: this object, or a copy.
    public Bytes own() {
        return own ? this : copyOf(content);
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
