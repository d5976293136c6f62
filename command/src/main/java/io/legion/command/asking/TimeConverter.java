package io.legion.command.asking;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a time, such as `500ms`, `5s` or `1m`.
public abstract class TimeConverter implements ITypeConverter<Duration> {
    private final Duration shortest;
    private final Duration longest;
    private final String example;

    /// @param example what would be right, for who gives something else
    public TimeConverter(Duration shortest, Duration longest, String example) {
        this.shortest = shortest;
        this.longest = longest;
        this.example = example;
    }

    @Override
    public final Duration convert(String text) {
        var wrong = new TypeConversionException("\"" + text + "\" is no time " + example);
        try {
            var time = text.endsWith("ms")
                    ? Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)))
                    : Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
            if (time.compareTo(shortest) >= 0 && time.compareTo(longest) <= 0) {
                return time;
            }
        } catch (DateTimeParseException | NumberFormatException other) {
            throw wrong;
        }
        throw wrong;
    }
}
