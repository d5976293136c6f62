package io.legion.core.codec;

import io.legion.core.Bytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.List;

/// The few scalars that are not always what reading their bytes gives: see [Shape#own].
final class OwnScalars {
    private static final List<Class<?>> VARYING = List.of(
            Float.class, Double.class, Bytes.class, byte[].class, BigInteger.class, BigDecimal.class, URI.class);

    private OwnScalars() {}

    static boolean areFixed(Class<?> type) {
        return !VARYING.contains(type);
    }

    /// The value that the bytes of this one give; the same object if it is that one.
    static Object own(Object value) {
        return switch (value) {
            case Float number when number.isNaN() -> isCanonical(number) ? value : (Object) Float.NaN;
            case Double number when number.isNaN() -> isCanonical(number) ? value : (Object) Double.NaN;
            case Bytes bytes -> bytes.own();
            case BigInteger number -> exact(number);
            case BigDecimal number -> exact(number);
            case URI uri -> canonical(uri);
            default -> value;
        };
    }

    /// NaN has many bit patterns, of which one is written.
    private static boolean isCanonical(float nan) {
        return Float.floatToRawIntBits(nan) == Float.floatToIntBits(nan);
    }

    private static boolean isCanonical(double nan) {
        return Double.doubleToRawLongBits(nan) == Double.doubleToLongBits(nan);
    }

    /// A user's class may extend it, and change.
    private static BigInteger exact(BigInteger number) {
        return number.getClass() == BigInteger.class ? number : new BigInteger(number.toByteArray());
    }

    private static BigDecimal exact(BigDecimal number) {
        boolean isExact =
                number.getClass() == BigDecimal.class && number.unscaledValue().getClass() == BigInteger.class;
        return isExact ? number : new BigDecimal(exact(number.unscaledValue()), number.scale());
    }

    /// Equal URIs may be different texts.
    private static URI canonical(URI uri) {
        String text = CanonicalUri.text(uri);
        return text.equals(uri.toString()) ? uri : URI.create(text);
    }
}
