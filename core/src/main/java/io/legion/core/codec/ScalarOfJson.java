package io.legion.core.codec;

import io.legion.core.Bytes;
import io.legion.core.CodecException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A scalar that JSON describes, by the name of its shape. See [ValueOfJson].
final class ScalarOfJson {
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
    private static final Pattern NO_NUMBER = Pattern.compile("NaN|-?Infinity");

    private ScalarOfJson() {}

    /// @throws CodecException if the JSON describes no value of this shape
    static Object read(Scalar scalar, @Nullable Object json) {
        return switch (json) {
            case JsonNumber number when isNumber(scalar) -> of(scalar, number.text());
            case Boolean flag when scalar.name().equals("boolean") -> flag;
            case String text when !isNumber(scalar) && !scalar.name().equals("boolean") -> of(scalar, text);
            case String text when isFloat(scalar) && NO_NUMBER.matcher(text).matches() -> of(scalar, text);
            case null, default -> throw ValueOfJson.unexpected(scalar.name(), json);
        };
    }

    /// The scalar with this text, which is the name of a member.
    static Object readText(Scalar scalar, String text) {
        return of(scalar, text);
    }

    private static boolean isNumber(Scalar scalar) {
        return switch (scalar.name()) {
            case "int8", "int16", "int32", "int64", "integer", "decimal" -> true;
            default -> isFloat(scalar);
        };
    }

    private static boolean isFloat(Scalar scalar) {
        return scalar.name().equals("float32") || scalar.name().equals("float64");
    }

    private static Object of(Scalar scalar, String text) {
        try {
            return parsed(scalar, text);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException malformed) {
            var shown = text.length() <= 100 ? text : text.substring(0, 100) + "...";
            throw new CodecException("no " + scalar.name() + ": '" + shown + "'", malformed);
        }
    }

    private static Object parsed(Scalar scalar, String text) {
        return switch (scalar.name()) {
            case "boolean" -> flag(text);
            case "int8" -> Byte.parseByte(integer(text));
            case "int16" -> Short.parseShort(integer(text));
            case "int32" -> Integer.parseInt(integer(text));
            case "int64" -> Long.parseLong(integer(text));
            case "integer" -> new BigInteger(integer(text));
            case "decimal" -> new BigDecimal(matching(DECIMAL, text));
            case "float32" -> finite(text, Float.parseFloat(floating(text)));
            case "float64" -> finite(text, Double.parseDouble(floating(text)));
            case "char" -> character(text);
            case "string" -> unicode(text);
            case "bytes" -> bytes(scalar, text);
            case "uuid" -> uuid(text);
            case "instant" -> Instant.parse(text);
            case "duration" -> Duration.parse(text);
            case "date" -> LocalDate.parse(text);
            case "datetime" -> LocalDateTime.parse(text);
            case "uri" -> URI.create(text);
            default -> throw new CodecException("a " + scalar.name() + ", which JSON cannot describe");
        };
    }

    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static String integer(String text) {
        return matching(INTEGER, text);
    }

    private static String floating(String text) {
        return NO_NUMBER.matcher(text).matches() ? text : matching(DECIMAL, text);
    }

    private static String matching(Pattern pattern, String text) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    /// A number that is too large for its type is not infinite.
    private static Float finite(String text, float value) {
        if (Float.isInfinite(value) && !NO_NUMBER.matcher(text).matches()) {
            throw new ArithmeticException(text);
        }
        return value;
    }

    private static Double finite(String text, double value) {
        if (Double.isInfinite(value) && !NO_NUMBER.matcher(text).matches()) {
            throw new ArithmeticException(text);
        }
        return value;
    }

    private static char character(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException(text);
        }
        return text.charAt(0);
    }

    private static String unicode(String text) {
        Bytes.of(text);
        return text;
    }

    private static Object bytes(Scalar scalar, String text) {
        if (!text.startsWith("0x")) {
            throw new IllegalArgumentException("bytes begin with 0x: " + text);
        }
        byte[] bytes = HexFormat.of().parseHex(text, 2, text.length());
        return scalar.equals(Scalars.of(Bytes.class)) ? Bytes.wrap(bytes) : bytes;
    }

    /// [UUID#fromString] takes shorter texts too, and cuts longer parts.
    private static UUID uuid(String text) {
        var uuid = UUID.fromString(text);
        if (!uuid.toString().equalsIgnoreCase(text)) {
            throw new IllegalArgumentException(text);
        }
        return uuid;
    }
}
