package io.legion.service;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Reads the single values of a configuration. Each reader throws an [IllegalArgumentException] whose message
/// goes on after the key: "must be a whole number".
final class ScalarReader {

    /// A hundred years: anything longer could not be counted in nanoseconds.
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final Pattern DURATION = Pattern.compile("(\\d{1,12}) ?(ms|s|m|h|d)");

    private static final Map<Class<?>, Function<String, Object>> READERS = Map.of(
            String.class, text -> text,
            Path.class, Path::of,
            int.class, ScalarReader::wholeInt,
            Integer.class, ScalarReader::wholeInt,
            long.class, ScalarReader::wholeLong,
            Long.class, ScalarReader::wholeLong,
            double.class, ScalarReader::number,
            boolean.class, ScalarReader::yesOrNo,
            Duration.class, ScalarReader::duration,
            ByteSize.class, ByteSize::parse);

    private ScalarReader() {}

    static boolean reads(Class<?> type) {
        return READERS.containsKey(type) || type.isEnum();
    }

    static Object read(Class<?> type, String text) {
        var reader = READERS.get(type);
        if (reader == null) {
            return constant(type, text);
        }
        return reader.apply(text);
    }

    private static Object constant(Class<?> type, String text) {
        List<String> names = Arrays.stream(type.getEnumConstants())
                .map(constant -> nameOf((Enum<?>) constant))
                .toList();
        int index = names.indexOf(text);
        if (index < 0) {
            throw new IllegalArgumentException("must be one of " + String.join(", ", names));
        }
        return type.getEnumConstants()[index];
    }

    private static String nameOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static int wholeInt(String text) {
        long value = wholeLong(text);
        if (value != (int) value) {
            throw new IllegalArgumentException(
                    "must be a whole number from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE);
        }
        return (int) value;
    }

    private static long wholeLong(String text) {
        try {
            return Long.parseLong(text.replace("_", ""));
        } catch (NumberFormatException other) {
            throw new IllegalArgumentException("must be a whole number", other);
        }
    }

    private static double number(String text) {
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException other) {
            throw new IllegalArgumentException("must be a number", other);
        }
        throw new IllegalArgumentException("must be a finite number");
    }

    private static boolean yesOrNo(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    private static Duration duration(String text) {
        var matcher = DURATION.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("must be a duration such as 250ms, 30s, 5m, 2h or 1d");
        }
        var duration = duration(Long.parseLong(matcher.group(1)), matcher.group(2));
        if (duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("must be at most " + LONGEST.toDays() + "d");
        }
        return duration;
    }

    private static Duration duration(long amount, String unit) {
        return switch (unit) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
