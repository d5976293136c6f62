package io.legion.core;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// A value computed from a partition's state, under which searches find the partition; at most 1024 bytes.
///
/// Tags are ordered as unsigned bytes, so tags with one name are neighbours in the index.
public record Tag(Bytes bytes) implements Comparable<Tag> {
    /// The longest tag, in bytes.
    public static final int MAX_BYTES = 1024;

    private static final char SEPARATOR = 0;

    /// @throws IllegalArgumentException if there are more than [#MAX_BYTES]
    public Tag {
        if (bytes.size() > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a tag has at most " + MAX_BYTES + " bytes, this one has " + bytes.size());
        }
        bytes = bytes.own();
    }

    /// A text, as UTF-8.
    ///
    /// @throws IllegalArgumentException if the text is longer than [#MAX_BYTES], or not valid Unicode (see
    ///     [Bytes#of])
    public static Tag of(String text) {
        return new Tag(Bytes.of(text));
    }

    /// A name and a text: ordered by name, then text. The name must not contain the character 0.
    ///
    /// @throws IllegalArgumentException if it does, or one of the two is not valid Unicode (see [Bytes#of])
    public static Tag of(String name, String value) {
        return new Tag(Bytes.of(prefix(name) + value));
    }

    /// A name and a number: ordered by name, then number (negative before positive).
    ///
    /// @throws IllegalArgumentException if the name contains the character 0 or is not valid Unicode
    public static Tag of(String name, long value) {
        Bytes head = Bytes.of(prefix(name));
        return new Tag(Bytes.wrap(ByteBuffer.allocate(head.size() + Long.BYTES)
                .put(head.shared())
                .putLong(value ^ Long.MIN_VALUE)
                .array()));
    }

    /// The text of a tag with a name and a text; of a tag that is a text alone, that text.
    public String text() {
        return Bytes.copyOf(value()).text();
    }

    /// The number of a tag with a name and a number. A tag does not say what its value is: whoever reads it must
    /// know, as its index function does.
    ///
    /// @throws IllegalStateException if its value does not have the eight bytes of a number
    public long number() {
        byte[] value = value();
        if (value.length != Long.BYTES) {
            throw new IllegalStateException("the value of the tag " + this + " has " + value.length + " bytes, not the "
                    + Long.BYTES + " of a number");
        }
        return ByteBuffer.wrap(value).getLong() ^ Long.MIN_VALUE;
    }

    /// What comes after the name; all bytes if there is no name.
    private byte[] value() {
        byte[] all = bytes.shared();
        for (int i = 0; i < all.length; i++) {
            if (all[i] == SEPARATOR) {
                return Arrays.copyOfRange(all, i + 1, all.length);
            }
        }
        return all;
    }

    private static String prefix(String name) {
        if (name.indexOf(SEPARATOR) >= 0) {
            throw new IllegalArgumentException("a tag's name must not contain the character 0: " + name);
        }
        return name + SEPARATOR;
    }

    @Override
    public int compareTo(Tag other) {
        return bytes.compareTo(other.bytes);
    }

    @Override
    public String toString() {
        return bytes.toString();
    }
}
