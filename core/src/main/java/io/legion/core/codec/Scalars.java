package io.legion.core.codec;

import io.legion.core.Bytes;
import io.legion.core.CodecException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The scalars, by their Java class.
final class Scalars {
    private static final Map<Class<?>, Scalar> ALL = Map.ofEntries(
            entry(
                    Boolean.class,
                    "boolean",
                    WireType.VARINT,
                    (v, out) -> out.writeByte(v ? 1 : 0),
                    Scalars::readBoolean),
            entry(Byte.class, "int8", WireType.VARINT, (v, out) -> out.signedVarLong(v), in ->
                    (byte) ranged(in, Byte.MIN_VALUE, Byte.MAX_VALUE)),
            entry(Short.class, "int16", WireType.VARINT, (v, out) -> out.signedVarLong(v), in ->
                    (short) ranged(in, Short.MIN_VALUE, Short.MAX_VALUE)),
            entry(Character.class, "char", WireType.VARINT, (v, out) -> out.signedVarLong(v), in ->
                    (char) ranged(in, Character.MIN_VALUE, Character.MAX_VALUE)),
            entry(Integer.class, "int32", WireType.VARINT, (v, out) -> out.signedVarLong(v), WireInput::signedVarInt),
            entry(Long.class, "int64", WireType.VARINT, (v, out) -> out.signedVarLong(v), WireInput::signedVarLong),
            entry(
                    Float.class,
                    "float32",
                    WireType.FIXED32,
                    (v, out) -> out.fixed32(Float.floatToIntBits(v)),
                    in -> Float.intBitsToFloat(in.fixed32())),
            entry(
                    Double.class,
                    "float64",
                    WireType.FIXED64,
                    (v, out) -> out.fixed64(Double.doubleToLongBits(v)),
                    in -> Double.longBitsToDouble(in.fixed64())),
            entry(String.class, "string", WireType.BLOCK, (v, out) -> out.string(v), WireInput::string),
            entry(Bytes.class, "bytes", WireType.BLOCK, (v, out) -> out.bytes(v.shared()), WireInput::immutableBytes),
            entry(byte[].class, "bytes", WireType.BLOCK, (v, out) -> out.bytes(v), WireInput::bytes),
            entry(UUID.class, "uuid", WireType.BLOCK, Scalars::writeUuid, Scalars::readUuid),
            entry(
                    Instant.class,
                    "instant",
                    WireType.BLOCK,
                    (v, out) -> seconds(v.getEpochSecond(), v.getNano(), out),
                    Scalars::readInstant),
            entry(
                    Duration.class,
                    "duration",
                    WireType.BLOCK,
                    (v, out) -> seconds(v.getSeconds(), v.getNano(), out),
                    Scalars::readDuration),
            entry(
                    LocalDate.class,
                    "date",
                    WireType.VARINT,
                    (v, out) -> out.signedVarLong(v.toEpochDay()),
                    in -> LocalDate.ofEpochDay(in.signedVarLong())),
            entry(LocalDateTime.class, "datetime", WireType.BLOCK, Scalars::writeDateTime, Scalars::readDateTime),
            entry(
                    BigInteger.class,
                    "integer",
                    WireType.BLOCK,
                    (v, out) -> out.bytes(v.toByteArray()),
                    Scalars::readBigInteger),
            entry(BigDecimal.class, "decimal", WireType.BLOCK, Scalars::writeDecimal, Scalars::readDecimal),
            entry(URI.class, "uri", WireType.BLOCK, (v, out) -> out.string(CanonicalUri.text(v)), Scalars::readUri));

    /// Of those that share a name, any one: they have the same bytes.
    private static final Map<String, Scalar> BY_NAME =
            ALL.values().stream().collect(Collectors.toMap(Scalar::name, Function.identity(), (one, _) -> one));

    private static final Map<Class<?>, Class<?>> BOXES = Map.of(
            boolean.class,
            Boolean.class,
            byte.class,
            Byte.class,
            short.class,
            Short.class,
            char.class,
            Character.class,
            int.class,
            Integer.class,
            long.class,
            Long.class,
            float.class,
            Float.class,
            double.class,
            Double.class);

    private Scalars() {}

    static @Nullable Scalar of(Class<?> type) {
        return ALL.get(BOXES.getOrDefault(type, type));
    }

    /// The scalar that has this name in descriptions; null if there is none.
    static @Nullable Scalar named(String name) {
        return BY_NAME.get(name);
    }

    private static <V> Map.Entry<Class<?>, Scalar> entry(
            Class<V> type, String name, int wireType, BiConsumer<V, WireOutput> writer, Function<WireInput, V> reader) {
        return Map.entry(type, Scalar.of(type, name, wireType, writer, reader));
    }

    static long ranged(WireInput in, long min, long max) {
        long value = in.signedVarLong();
        if (value < min || value > max) {
            throw new CodecException("the integer " + value + " is not between " + min + " and " + max);
        }
        return value;
    }

    static boolean readBoolean(WireInput in) {
        byte value = in.readByte();
        if (value != 0 && value != 1) {
            throw new CodecException("neither true nor false: " + value);
        }
        return value == 1;
    }

    private static void writeUuid(UUID value, WireOutput out) {
        out.writeByte(2 * Long.BYTES);
        out.fixed64(value.getMostSignificantBits());
        out.fixed64(value.getLeastSignificantBits());
    }

    private static UUID readUuid(WireInput in) {
        int outer = in.open();
        UUID value = new UUID(in.fixed64(), in.fixed64());
        in.close(outer);
        return value;
    }

    private static void seconds(long seconds, int nanos, WireOutput out) {
        int start = out.open();
        out.signedVarLong(seconds);
        out.varLong(nanos);
        out.close(start);
    }

    private static Instant readInstant(WireInput in) {
        int outer = in.open();
        long seconds = in.signedVarLong();
        long nanos = nanos(in);
        in.close(outer);
        try {
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException e) {
            throw new CodecException("no instant: second " + seconds, e);
        }
    }

    private static Duration readDuration(WireInput in) {
        int outer = in.open();
        Duration value = Duration.ofSeconds(in.signedVarLong(), nanos(in));
        in.close(outer);
        return value;
    }

    private static long nanos(WireInput in) {
        long nanos = in.varLong();
        if (nanos < 0 || nanos > 999_999_999) {
            throw new CodecException("not within a second: " + Long.toUnsignedString(nanos) + " ns");
        }
        return nanos;
    }

    private static void writeDateTime(LocalDateTime value, WireOutput out) {
        int start = out.open();
        out.signedVarLong(value.toLocalDate().toEpochDay());
        out.varLong(value.toLocalTime().toNanoOfDay());
        out.close(start);
    }

    private static LocalDateTime readDateTime(WireInput in) {
        int outer = in.open();
        LocalDate date = LocalDate.ofEpochDay(in.signedVarLong());
        LocalTime time = LocalTime.ofNanoOfDay(in.varLong());
        in.close(outer);
        return LocalDateTime.of(date, time);
    }

    private static BigInteger readBigInteger(WireInput in) {
        byte[] bytes = in.bytes();
        if (bytes.length == 0) {
            throw new CodecException("an integer without bytes");
        }
        return new BigInteger(bytes);
    }

    private static void writeDecimal(BigDecimal value, WireOutput out) {
        int start = out.open();
        out.signedVarLong(value.scale());
        out.bytes(value.unscaledValue().toByteArray());
        out.close(start);
    }

    private static BigDecimal readDecimal(WireInput in) {
        int outer = in.open();
        int scale = in.signedVarInt();
        BigDecimal value = new BigDecimal(readBigInteger(in), scale);
        in.close(outer);
        return value;
    }

    private static URI readUri(WireInput in) {
        try {
            return new URI(in.string());
        } catch (URISyntaxException e) {
            throw new CodecException("no URI: " + e.getReason(), e);
        }
    }
}
