package io.legion.discovery.eureka;

import io.legion.http.HttpException;
import java.util.regex.Pattern;

/// Numbers as clients write them: whole or not (clocks of Python and Lua count fractions of a millisecond), as
/// numbers or as texts.
final class Numbers {
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,400}(\\.\\d*)?([eE][+-]?\\d{1,3})?");

    private Numbers() {}

    /// The number without its fraction, or `otherwise` if the text is empty.
    ///
    /// @throws HttpException 400 if it is no number, or has no place in 64 bits
    static long whole(String name, String text, long otherwise) {
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException notWhole) {
            double number = DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
            if (Math.abs(number) < 0x1p63) {
                return (long) number;
            }
            throw HttpException.badRequest(name + " must be a number of at most 64 bits, not " + text);
        }
    }

    /// The same, for a number that may be 0 or less to say that it is not set.
    static long positive(String name, String text, long otherwise) {
        long number = whole(name, text, otherwise);
        return number > 0 ? number : otherwise;
    }
}
