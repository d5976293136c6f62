package io.legion.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Bytes;
import io.legion.core.CodecException;
import io.legion.core.WireName;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ValueOfJsonTest {
    enum Colour {
        RED,
        @WireName("verde")
        GREEN
    }

    record Point(int x, int y) {
        Point {
            if (x < -1_000) {
                throw new IllegalArgumentException("too far left");
            }
        }
    }

    sealed interface Figure {
        record Circle(Point centre, double radius) implements Figure {}

        @WireName("box")
        record Rectangle(Point from, @Nullable Figure inside) implements Figure {}
    }

    record Numbers(
            byte a,
            short b,
            int c,
            long d,
            float e,
            double f,
            boolean g,
            char h,
            @Nullable Integer i,
            BigInteger j,
            BigDecimal k) {}

    record Texts(String a, UUID b, Instant c, Duration d, LocalDate e, LocalDateTime f, URI g, Bytes h, Colour i) {}

    record Collections(
            List<Point> a,
            Set<String> b,
            SortedSet<Integer> c,
            Map<String, Point> d,
            SortedMap<Colour, Long> e,
            Map<Point, Figure> f,
            Optional<Point> g,
            List<Optional<Long>> h,
            Map<Long, Boolean> i,
            Figure.Circle j) {}

    private static final Numbers NUMBERS = new Numbers(
            (byte) -128,
            Short.MAX_VALUE,
            Integer.MIN_VALUE,
            Long.MAX_VALUE,
            0.1f,
            -0.0,
            true,
            '"',
            null,
            BigInteger.TEN.pow(40).negate(),
            new BigDecimal("1.500E+30"));

    private static final Texts TEXTS = new Texts(
            "\u0000ü\n\\\"𝄞",
            new UUID(-1, 2),
            Instant.MAX,
            Duration.ofSeconds(-5, 1),
            LocalDate.of(-4, 1, 1),
            LocalDateTime.of(2026, 11, 30, 3, 0),
            URI.create("HTTP://a.b/%c3"),
            Bytes.wrap(new byte[] {0, -1}),
            Colour.GREEN);

    private static final Figure.Circle CIRCLE = new Figure.Circle(new Point(1, 2), Double.NEGATIVE_INFINITY);

    private static final Collections COLLECTIONS = new Collections(
            List.of(new Point(1, 2), new Point(0, 0)),
            Set.of("a", "b"),
            new TreeSet<>(Set.of(3, 1)),
            Map.of("k", new Point(5, 6)),
            new TreeMap<>(Map.of(Colour.RED, 7L)),
            Map.of(new Point(9, 9), new Figure.Rectangle(new Point(1, 1), CIRCLE)),
            Optional.of(new Point(8, 8)),
            List.of(Optional.empty(), Optional.of(4L)),
            Map.of(-4L, true),
            CIRCLE);

    /// What the admin service shows is what a founding reads.
    @Test
    void whatIsShownIsReadBack() {
        isReadBack(Numbers.class, NUMBERS);
        isReadBack(
                Numbers.class,
                new Numbers(
                        (byte) 0, (short) 0, 0, 0, Float.NaN, 1e300, false, 'c', 4, BigInteger.ZERO, BigDecimal.ZERO));
        isReadBack(Texts.class, TEXTS);
        isReadBack(Collections.class, COLLECTIONS);
        isReadBack(
                Collections.class,
                new Collections(
                        List.of(),
                        Set.of(),
                        new TreeSet<>(),
                        Map.of(),
                        new TreeMap<>(),
                        Map.of(),
                        Optional.empty(),
                        List.of(),
                        Map.of(),
                        CIRCLE));
        isReadBack(Figure.class, new Figure.Rectangle(new Point(1, 2), null));
    }

    private static <T> void isReadBack(Class<T> type, T value) {
        RecordCodec<T> codec = RecordCodec.of(type);
        T read = codec.fromJson(MiniJson.of(ValueJson.of(value, 100_000).text()));
        assertThat(codec.encode(read)).isEqualTo(codec.encode(value));
    }

    private static Object point(String json) {
        return RecordCodec.of(Point.class).fromJson(MiniJson.of(json));
    }

    @Test
    void whatIsMissingIsZeroAndWhatIsNullIsNothing() {
        assertThat(point("{\"y\":5}")).isEqualTo(new Point(0, 5));
        assertThat(RecordCodec.of(Texts.class).fromJson(Map.of()).a()).isNull();
        assertThat(RecordCodec.of(Collections.class).fromJson(Map.of()).g()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"z\":1}|Point: Point has no component 'z'; it has [x, y]",
                "[]|Point: an array, where an object is wanted",
                "{\"x\":null}|Point.x: null, where int32 is wanted",
                "{\"x\":1.0}|Point.x: no int32: '1.0'",
                "{\"x\":1e3}|Point.x: no int32: '1e3'",
                "{\"x\":2147483648}|Point.x: no int32: '2147483648'",
                "{\"x\":true}|Point.x: true, where int32 is wanted",
                "{\"x\":\"NaN\"}|Point.x: a text, where int32 is wanted",
                "{\"x\":-2000}|Point: the constructor of Point refused it: too far left"
            })
    void whatDescribesNoValueIsRefusedWithItsPlace(String json, String message) {
        assertThatThrownBy(() -> point(json)).isInstanceOf(CodecException.class).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Numbers|{\"e\":1e39}|Numbers.e: no float32: '1e39'",
                "Numbers|{\"f\":\"infinite\"}|Numbers.f: a text, where float64 is wanted",
                "Numbers|{\"g\":0}|Numbers.g: a number, where boolean is wanted",
                "Numbers|{\"h\":\"ab\"}|Numbers.h: no char: 'ab'",
                "Texts|{\"b\":\"1-2-3-4-5\"}|Texts.b: no uuid: '1-2-3-4-5'",
                "Texts|{\"c\":\"yesterday\"}|Texts.c: no instant: 'yesterday'",
                "Texts|{\"h\":\"00\"}|Texts.h: no bytes: '00'",
                "Texts|{\"i\":\"verde\"}|Texts.i: no constant of Colour: 'verde'",
                "Collections|{\"a\":[{},{\"x\":\"\"}]}|Collections.a[1].x: a text, where int32 is wanted",
                "Collections|{\"b\":[\"a\",\"a\"]}|Collections.b: a set with an element twice",
                "Collections|{\"d\":{\"k\":null}}|Collections.d[k]: null, where an object is wanted",
                "Collections|{\"f\":[{\"key\":{}}]}|Collections.f: an object, where an object of a key and a value is wanted",
                "Collections|{\"f\":[{\"key\":{},\"value\":{\"Square\":{}}}]}|no case of Figure"
            })
    void eachKindIsRefusedWithItsPlace(String type, String json, String message) throws ClassNotFoundException {
        var codec = RecordCodec.of(Class.forName(ValueOfJsonTest.class.getName() + "$" + type));
        assertThatThrownBy(() -> codec.fromJson(MiniJson.of(json)))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining(message);
    }

    @Test
    void theOrderOfMembersMeansNothing() {
        var members = new LinkedHashMap<String, Object>();
        members.put("y", new JsonNumber("2"));
        members.put("x", new JsonNumber("1"));
        assertThat(RecordCodec.of(Point.class).fromJson(members)).isEqualTo(new Point(1, 2));
    }
}
