package io.legion.service;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A number of bytes, in a configuration file written like `64 KiB`, `256 MiB`, `2 GiB` or `1000` (bytes).
///
/// @param bytes 0 or more
public record ByteSize(long bytes) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,15}) ?(B|KiB|MiB|GiB|TiB)?");

    /// @throws IllegalArgumentException if `bytes` is negative
    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("A size cannot be negative, but is " + bytes + ".");
        }
    }

    /// Reads a size as it is written in a configuration file.
    ///
    /// @throws IllegalArgumentException if `text` is none, or more than a long can hold
    public static ByteSize parse(String text) {
        var matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be a size such as 1000, 64 KiB, 256 MiB or 2 GiB");
        }
        try {
            return new ByteSize(Math.multiplyExact(Long.parseLong(matcher.group(1)), unit(matcher.group(2))));
        } catch (ArithmeticException overflow) {
            throw new IllegalArgumentException("is a larger size than can be counted", overflow);
        }
    }

    private static long unit(@Nullable String unit) {
        return switch (unit) {
            case "KiB" -> 1L << 10;
            case "MiB" -> 1L << 20;
            case "GiB" -> 1L << 30;
            case "TiB" -> 1L << 40;
            case null, default -> 1;
        };
    }

    @Override
    public String toString() {
        for (int power = 4; power > 0; power--) {
            long unit = 1L << (10 * power);
            if (bytes >= unit && bytes % unit == 0) {
                return bytes / unit + " " + "KMGT".charAt(power - 1) + "iB";
            }
        }
        return Long.toString(bytes);
    }
}
