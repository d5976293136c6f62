package io.legion.core.codec;

/// How much a codec takes, so that bytes from anyone can fill neither the memory nor the stack. Encoding has
/// the same limits: a codec can read what it wrote.
///
/// @param maxBytes the most bytes of one encoded value
/// @param maxDepth the most levels of records and collections inside each other; a list of records is two
public record CodecLimits(int maxBytes, int maxDepth) {
    /// 16 MiB and 64 levels.
    public static final CodecLimits DEFAULT = new CodecLimits(16 * 1024 * 1024, 64);

    /// Checks the limits.
    public CodecLimits {
        if (maxBytes < 1 || maxBytes > WireOutput.MAX_SIZE || maxDepth < 1 || maxDepth > 1_000) {
            throw new IllegalArgumentException("limits of a codec: maxBytes " + maxBytes + " (1 to "
                    + WireOutput.MAX_SIZE + "), maxDepth " + maxDepth + " (1 to 1000)");
        }
    }

    /// A codec takes this many bytes whatever they consist of; it refuses the last ones before the maximum
    /// where a number could take more.
    public int surelyTaken() {
        return maxBytes - WireOutput.SLACK;
    }
}
