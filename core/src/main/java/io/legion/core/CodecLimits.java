package io.legion.core;

/// How much a codec takes, so that bytes from anyone can fill neither the memory nor the stack. Encoding has
/// the same limits: a codec can read what it wrote.
///
/// @param maxBytes the most bytes of one encoded value
/// @param maxDepth the most levels of records and collections inside each other; a list of records is two
public record CodecLimits(int maxBytes, int maxDepth) {
    /// 64 MiB, as many as the setting `maxEvent` allows at most, and 64 levels.
    public static final CodecLimits DEFAULT = new CodecLimits(64 * 1024 * 1024, 64);

    /// The largest value that a codec can be allowed.
    public static final int MOST_BYTES = Integer.MAX_VALUE - 16;

    /// @throws IllegalArgumentException if a limit is out of its range
    public CodecLimits {
        if (maxBytes < 1 || maxBytes > MOST_BYTES || maxDepth < 1 || maxDepth > 1_000) {
            throw new IllegalArgumentException("limits of a codec: maxBytes " + maxBytes + " (1 to " + MOST_BYTES
                    + "), maxDepth " + maxDepth + " (1 to 1000)");
        }
    }
}
