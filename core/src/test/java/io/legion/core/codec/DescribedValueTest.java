package io.legion.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Bytes;
import io.legion.core.CodecException;
import io.legion.core.WireName;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// A value, read without its classes.
final class DescribedValueTest {
    enum Colour {
        RED,
        @WireName("grue")
        GREEN
    }

    sealed interface Form {
        record Circle(double radius) implements Form {}

        @WireName("box")
        record Square(int side, Optional<Form> inside) implements Form {}
    }

    record Picture(
            String name,
            Colour colour,
            List<Form> forms,
            Set<Long> numbers,
            SortedMap<String, Instant> times,
            Optional<Duration> length,
            List<Optional<String>> notes,
            Bytes raw,
            boolean hung,
            BigDecimal price) {}

    private static final RecordCodec<Picture> CODEC = RecordCodec.of(Picture.class);

    private static final Picture PICTURE = new Picture(
            "sun",
            Colour.GREEN,
            List.of(new Form.Circle(2.5), new Form.Square(3, Optional.of(new Form.Circle(1)))),
            Set.of(7L),
            new TreeMap<>(Map.of("begun", Instant.EPOCH)),
            Optional.of(Duration.ofSeconds(5)),
            List.of(Optional.empty(), Optional.of("dark")),
            Bytes.copyOf(new byte[] {0, 1}),
            true,
            new BigDecimal("1.50"));

    private static String json(String description, byte[] bytes) {
        return ValueJson.of(DescribedValue.read(description, bytes), 10_000).text();
    }

    @Test
    void everythingThatACodecWritesIsShown() {
        assertThat(json(CODEC.describe(), CODEC.encode(PICTURE)))
                .isEqualTo("{\"colour\":\"grue\",\"forms\":[{\"Circle\":{\"radius\":2.5}},{\"box\":{\"inside\":"
                        + "{\"Circle\":{\"radius\":1.0}},\"side\":3}}],\"hung\":true,\"length\":\"PT5S\",\"name\":\"sun\","
                        + "\"notes\":[null,\"dark\"],\"numbers\":[7],\"price\":1.50,\"raw\":\"0x0001\","
                        + "\"times\":{\"begun\":\"1970-01-01T00:00:00Z\"}}");
    }

    @Test
    void whatIsZeroIsLeftOut() {
        record Empty(long number, String text, List<String> items) {}
        var codec = RecordCodec.of(Empty.class);

        assertThat(json(codec.describe(), codec.encode(new Empty(0, "", List.of()))))
                .isEqualTo("{\"text\":\"\"}");
    }

    @Test
    void otherBytesAreRefused() {
        byte[] bytes = CODEC.encode(PICTURE);
        for (int at = 0; at < bytes.length; at++) {
            byte[] cut = java.util.Arrays.copyOf(bytes, at);
            try {
                DescribedValue.read(CODEC.describe(), cut);
            } catch (CodecException refused) {
                assertThat(refused).hasMessageNotContaining("null");
            }
        }
        assertThatThrownBy(() -> DescribedValue.read(RecordCodec.of(Form.class).describe(), bytes))
                .isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> DescribedValue.read("", bytes)).isInstanceOf(CodecException.class);
    }
}
