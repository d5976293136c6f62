package io.legion.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Bytes;
import io.legion.core.WireName;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ValueJsonTest {
    private static final int MOST = 10_000;

    enum Colour {
        RED,
        GREEN
    }

    record Point(int x, int y) {}

    sealed interface Shape {
        record Circle(Point centre, double radius) implements Shape {}

        @WireName("box")
        record Rectangle(Point from, Point to) implements Shape {}
    }

    sealed interface Round extends Shape {
        record Dot() implements Round {}
    }

    record Broken(String name) {
        @Override
        public String name() {
            throw new IllegalStateException("no name");
        }
    }

    private static final class Foreign {
        @Override
        public String toString() {
            return "a \"foreign\" one";
        }
    }

    private static String json(Object value) {
        var written = ValueJson.of(value, MOST);
        assertThat(written.shortened()).isFalse();
        return written.text();
    }

    @Test
    void recordsAreObjectsAndCasesHaveTheirName() {
        assertThat(json(new Point(1, -2))).isEqualTo("{\"x\":1,\"y\":-2}");
        assertThat(json(new Shape.Circle(new Point(0, 0), 1.5)))
                .isEqualTo("{\"Circle\":{\"centre\":{\"x\":0,\"y\":0},\"radius\":1.5}}");
        assertThat(json(new Shape.Rectangle(new Point(0, 0), new Point(1, 1)))).startsWith("{\"box\":{\"from\":");
        assertThat(json(new Round.Dot())).isEqualTo("{\"Dot\":{}}");
    }

    @Test
    void aValueThatIsNoCaseIsNamedOnRequest() {
        assertThat(ValueJson.named(new Point(1, 2), MOST).text()).isEqualTo("{\"Point\":{\"x\":1,\"y\":2}}");
        assertThat(ValueJson.named(new Round.Dot(), MOST).text()).isEqualTo("{\"Dot\":{}}");
    }

    @Test
    void eachScalarIsANumberABooleanOrAText() {
        assertThat(json(List.of((byte) 1, (short) 2, 3, 4L, 'c', true, 0.5f, 1e300)))
                .isEqualTo("[1,2,3,4,\"c\",true,0.5,1.0E300]");
        assertThat(json(List.of(Double.NaN, Float.NEGATIVE_INFINITY))).isEqualTo("[\"NaN\",\"-Infinity\"]");
        assertThat(json(List.of(BigInteger.TEN.pow(30), new BigDecimal("1E+5"))))
                .isEqualTo("[1" + "0".repeat(30) + ",1E+5]");
        assertThat(json(List.of(Bytes.wrap(new byte[] {0, -1}), new byte[] {16}, Bytes.EMPTY)))
                .isEqualTo("[\"0x00ff\",\"0x10\",\"0x\"]");
        assertThat(json(List.of(
                        Instant.EPOCH,
                        Duration.ofMillis(1_500),
                        LocalDate.of(2026, 11, 30),
                        LocalDateTime.of(2026, 11, 30, 3, 0),
                        new UUID(1, 2),
                        URI.create("https://a.b/c"),
                        Colour.GREEN)))
                .isEqualTo("[\"1970-01-01T00:00:00Z\",\"PT1.5S\",\"2026-11-30\",\"2026-11-30T03:00\","
                        + "\"00000000-0000-0001-0000-000000000002\",\"https://a.b/c\",\"GREEN\"]");
    }

    @Test
    void collectionsAreArraysAndObjects() {
        assertThat(json(new TreeSet<>(Set.of("b", "a")))).isEqualTo("[\"a\",\"b\"]");
        assertThat(json(List.of(Optional.empty(), Optional.of(7)))).isEqualTo("[null,7]");
        assertThat(json(new TreeMap<>(Map.of(1, "one", 2, "two")))).isEqualTo("{\"1\":\"one\",\"2\":\"two\"}");
        assertThat(json(Map.of(Colour.RED, List.of()))).isEqualTo("{\"RED\":[]}");
        assertThat(json(Map.of(Bytes.of("a"), 1))).isEqualTo("{\"0x61\":1}");
        assertThat(json(Map.of(new Point(1, 2), "here"))).isEqualTo("[{\"key\":{\"x\":1,\"y\":2},\"value\":\"here\"}]");
    }

    @Test
    void whatJsonDoesNotTakeIsEscaped() {
        assertThat(json("\"\\\n\u0001ä\ud83d\ude00\ud800"))
                .isEqualTo("\"\\\"\\\\\\u000a\\u0001ä\\ud83d\\ude00\\ud800\"");
    }

    @Test
    void whatIsNoValueOfACodecIsItsText() {
        assertThat(json(new Foreign())).isEqualTo("\"a \\\"foreign\\\" one\"");
        assertThat(json(new Broken("x")))
                .isEqualTo("{\"name\":\"cannot be read: java.lang.IllegalStateException: no name\"}");
    }

    @Test
    void aLongValueIsShortenedAndSaysSo() {
        var long1 = ValueJson.of(IntStream.range(0, 1_000).boxed().toList(), 20);
        assertThat(long1.shortened()).isTrue();
        assertThat(long1.text()).isEqualTo("[0,1,2,3,4,5,6,7,8,9,\"… 990 more\"]");
        var text = ValueJson.of(List.of("x".repeat(100), "y"), 10);
        assertThat(text.text()).isEqualTo("[\"xxxxxxxx…\",\"… 1 more\"]");
        var bytes = ValueJson.of(Bytes.wrap(new byte[100]), 10);
        assertThat(bytes.shortened()).isTrue();
        assertThat(bytes.text()).startsWith("\"0x0000").endsWith("…\"").hasSizeLessThan(20);
        assertThat(ValueJson.of(new TreeMap<>(Map.of("a", "x".repeat(9), "b", 1)), 10)
                        .text())
                .isEqualTo("{\"a\":\"xxxx…\",\"…\":\"… 1 more\"}");
        assertThat(ValueJson.of(new Point(1_000_000, 1_000_000), 8).text())
                .isEqualTo("{\"x\":1000000,\"…\":\"… 1 more\"}");
    }

    /// A codec of the user's own may give anything.
    @Test
    void aValueThatIsDeepIsCut() {
        Object deep = "bottom";
        for (int i = 0; i < 100_000; i++) {
            deep = List.of(deep);
        }
        var written = ValueJson.of(deep, MOST);
        assertThat(written.shortened()).isTrue();
        assertThat(written.text()).startsWith("[[[").contains("\"…\"").endsWith("]]]");
    }
}
