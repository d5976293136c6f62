package io.legion.core;

/// The name of a partition among those of its type: 1 to 1024 bytes, any bytes; text becomes UTF-8.
///
/// Keys are ordered as unsigned bytes.
public record PartitionKey(Bytes bytes) implements Comparable<PartitionKey> {
    /// The longest key, in bytes.
    public static final int MAX_BYTES = 1024;

    /// @throws IllegalArgumentException if there are no bytes, or more than [#MAX_BYTES]
    public PartitionKey {
        if (bytes.size() == 0 || bytes.size() > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a partition key has 1 to " + MAX_BYTES + " bytes, this one has " + bytes.size());
        }
        bytes = bytes.own();
    }

    /// The key with this text in UTF-8.
    ///
    /// @throws IllegalArgumentException if the text is empty, longer than [#MAX_BYTES] in UTF-8, or not valid
    ///     Unicode (see [Bytes#of])
    public static PartitionKey of(String text) {
        return new PartitionKey(Bytes.of(text));
    }

    /// The key with a copy of these bytes.
    ///
    /// @throws IllegalArgumentException if the array is empty or longer than [#MAX_BYTES]
    public static PartitionKey of(byte[] bytes) {
        return new PartitionKey(Bytes.copyOf(bytes));
    }

    /// The key read as UTF-8.
    public String text() {
        return bytes.text();
    }

    @Override
    public int compareTo(PartitionKey other) {
        return bytes.compareTo(other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartitionKey that && bytes.equals(that.bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    @Override
    public String toString() {
        return bytes.toString();
    }
}
