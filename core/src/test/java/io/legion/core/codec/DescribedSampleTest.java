package io.legion.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Bytes;
import io.legion.core.Since;
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
import java.util.SortedMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class DescribedSampleTest {
    enum Side {
        LEFT,
        RIGHT
    }

    record Everything(
            boolean flag,
            byte small,
            short less,
            char letter,
            int number,
            long large,
            float single,
            double exact,
            String text,
            Bytes bytes,
            UUID uuid,
            Instant instant,
            Duration duration,
            LocalDate date,
            LocalDateTime datetime,
            BigInteger integer,
            BigDecimal decimal,
            URI uri,
            Side side,
            Optional<Long> maybe,
            List<Optional<String>> list,
            Set<Side> set,
            SortedMap<String, Pair<Integer, Tree>> map) {}

    record Pair<A, B>(A first, B second) {}

    record Tree(int size, List<Tree> inside) {}

    sealed interface Step {
        record Up(int steps) implements Step {}

        @Since(2)
        record Turn(Side side, Optional<Step> next) implements Step {}
    }

    private static byte[] sample(String description, String name) {
        return DescribedSample.of(description).getOrDefault(name, new byte[0]);
    }

    private static String json(RecordCodec<?> codec, byte[] bytes) {
        return ValueJson.of(DescribedValue.read(codec.describe(), bytes), 10_000)
                .text();
    }

    private static <T> void assertCanonical(RecordCodec<T> codec, byte[] bytes) {
        assertThat(codec.encode(codec.decode(bytes))).isEqualTo(bytes);
    }

    @Test
    void aSampleHasSomethingEverywhereAndIsWhatTheCodecWrites() {
        var codec = RecordCodec.of(Everything.class);
        assertThat(DescribedSample.of(codec.describe())).containsOnlyKeys("");
        var bytes = sample(codec.describe(), "");
        assertCanonical(codec, bytes);
        assertThat(json(codec, bytes))
                .contains("\"flag\":true", "\"side\":\"LEFT\"", "\"set\":[\"LEFT\"]", "\"list\":[\"text ")
                .doesNotContain("inside", ":0,", ":null");
        assertThat(((Map<?, ?>) DescribedValue.read(codec.describe(), bytes))).hasSize(23);
    }

    @Test
    void everyAlternativeOfItsVersionHasASample() {
        var codec = RecordCodec.of(Step.class);
        assertThat(DescribedSample.of(codec.at(1).describe())).containsOnlyKeys("Up");
        var samples = DescribedSample.of(codec.describe());
        assertThat(samples).containsOnlyKeys("Turn", "Up");
        samples.values().forEach(bytes -> assertCanonical(codec, bytes));
        assertThat(json(codec, sample(codec.describe(), "Turn"))).isEqualTo("{\"Turn\":{\"side\":\"LEFT\"}}");
        assertThat(json(codec, sample(codec.describe(), "Up"))).isEqualTo("{\"Up\":{\"steps\":1}}");
    }

    @Test
    void aValueThatIsNoRecordHasASampleToo() {
        assertThat(RecordCodec.of(Long.class).decode(sample("values: int64\n", "")))
                .isEqualTo(1L);
    }

    @Test
    void theRecordsInsideAreFoundWithTheirArguments() {
        assertThat(RecordCodec.of(Everything.class).records())
                .extracting(codec -> Schema.of(codec.describe()).root())
                .containsExactlyInAnyOrder("Everything", "Pair<Integer, Tree>", "Tree");
    }

    @Test
    void aSchemaTellsWhatMayBeMissing() {
        var definition = Schema.of(RecordCodec.of(Everything.class).describe()).definition("Everything");
        assertThat(definition.isRecord()).isTrue();
        assertThat(definition.declared())
                .containsEntry("text", "string?")
                .containsEntry("maybe", "optional<int64>")
                .containsEntry("large", "int64");
        assertThat(definition.parts()).containsEntry("text", "string").containsEntry("maybe", "int64");
    }
}
