package io.legion.core;

import java.util.HexFormat;

/// The identity of one life of a store: 64 random bits, drawn when the store is created, never reused.
///
/// A store that is lost, cloned or restored from a copy gets a new one. Written as 16 hexadecimal digits.
public record NodeId(long value) implements Comparable<NodeId> {
    /// The node id that [#toString()] wrote.
    ///
    /// @throws IllegalArgumentException if the text is not 16 hexadecimal digits
    public static NodeId parse(String text) {
        if (text.length() != 16) {
            throw new IllegalArgumentException("a node id is written as 16 hexadecimal digits, not '" + text + "'");
        }
        return new NodeId(HexFormat.fromHexDigitsToLong(text));
    }

    @Override
    public int compareTo(NodeId other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NodeId that && value == that.value;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(value);
    }

    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(value);
    }
}
