package io.legion.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.PartitionKey;
import io.legion.core.WireName;
import io.legion.core.codec.CodecTypes.Circle;
import io.legion.core.codec.CodecTypes.Collections;
import io.legion.core.codec.CodecTypes.Color;
import io.legion.core.codec.CodecTypes.Done;
import io.legion.core.codec.CodecTypes.Everything;
import io.legion.core.codec.CodecTypes.Failed;
import io.legion.core.codec.CodecTypes.Group;
import io.legion.core.codec.CodecTypes.Item;
import io.legion.core.codec.CodecTypes.Job;
import io.legion.core.codec.CodecTypes.Nested;
import io.legion.core.codec.CodecTypes.Order;
import io.legion.core.codec.CodecTypes.Pair;
import io.legion.core.codec.CodecTypes.Primitives;
import io.legion.core.codec.CodecTypes.Triangle;
import io.legion.core.codec.CodecTypes.Values;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Bytes that were written once, by the first version of the codec, must be read for ever and written the same.
///
/// The files are never touched by a normal run. With `-Dgolden.write=true` a file that is *missing* is written; to
/// replace one, which breaks every store that exists, delete it first.
class GoldenBytesTest {
    private static final Path DIRECTORY = Path.of("src/test/resources/golden/codec");
    private static final Order ORDER =
            new Order("customer \u00E9", 123_456_789_012L, List.of(new Item("first", 1), new Item(null, -5)));
    private static final Everything EVERYTHING = new Everything(
            new Primitives(true, (byte) -1, (short) 300, 'x', -70_000, Long.MIN_VALUE, 1.5f, -0.0),
            null,
            new Values(
                    "text",
                    new UUID(1, 2),
                    Instant.parse("2026-01-02T03:04:05.000000006Z"),
                    Duration.ofMillis(-1500),
                    LocalDate.of(2026, 2, 28),
                    LocalDateTime.of(2026, 2, 28, 23, 59, 58, 7),
                    new BigInteger("123456789012345678901234567890"),
                    new BigDecimal("-12.3400"),
                    URI.create("http://example.org/a?b#c"),
                    Color.GREEN,
                    PartitionKey.of("key")),
            new Collections(
                    List.of(1, -1, 1000),
                    Set.of("b", "a", "cc"),
                    Map.of("x", new Item("x", 1), "y", new Item("y", 2)),
                    new TreeSet<>(Set.of("q", "p")),
                    new TreeMap<>(Map.of(5L, List.of("five"), -5L, List.of())),
                    Optional.of("maybe"),
                    Map.of(new Item("k", 0), Set.of(Color.RED, Color.BLUE)),
                    List.of(Optional.empty(), Optional.of(0L))),
            new Group(List.of(new Circle(1.25), new Triangle(3, 4, 5))),
            new CodecTypes.Tree(1, new CodecTypes.Tree(2, null, null), null),
            new Nested(new Pair<>("a", new Pair<>(7L, List.of(new Item("z", 9)))), new Pair<>(Color.RED, Color.BLUE)),
            new Job(new Done<>(new Item("done", 1)), new Failed<>("why")));

    /// [Order] as a later version might have it.
    record LaterOrder(
            List<LaterItem> items,
            Optional<String> customer,
            @WireName("number") long id,
            boolean urgent) {}

    record LaterItem(@Nullable String name, int pieces) {}

    @Test
    void anOrderIsReadAndWrittenAsEver() throws IOException {
        check("order-v1.hex", RecordCodec.of(Order.class), ORDER);
    }

    @Test
    void everyShapeIsReadAndWrittenAsEver() throws IOException {
        check("everything-v1.hex", RecordCodec.of(Everything.class), EVERYTHING);
    }

    @Test
    void aLaterVersionReadsAnOldOrder() throws IOException {
        assertThat(RecordCodec.of(LaterOrder.class).decode(golden("order-v1.hex")))
                .isEqualTo(new LaterOrder(
                        List.of(new LaterItem("first", 0), new LaterItem(null, 0)),
                        Optional.of("customer \u00E9"),
                        123_456_789_012L,
                        false));
    }

    private static <T> void check(String file, RecordCodec<T> codec, T value) throws IOException {
        writeIfMissingAndAsked(file, codec.encode(value));
        assertThat(codec.decode(golden(file))).isEqualTo(value);
        assertThat(codec.encode(value)).isEqualTo(golden(file));
    }

    private static byte[] golden(String file) throws IOException {
        assertThat(DIRECTORY.resolve(file)).exists();
        return HexFormat.of().parseHex(Files.readString(DIRECTORY.resolve(file)).replaceAll("\\s", ""));
    }

    private static void writeIfMissingAndAsked(String file, byte[] bytes) throws IOException {
        Path path = DIRECTORY.resolve(file);
        if (Boolean.getBoolean("golden.write") && !Files.exists(path)) {
            Files.createDirectories(DIRECTORY);
            String hex = HexFormat.of().formatHex(bytes);
            Files.writeString(path, String.join("\n", hex.split("(?<=\\G.{80})")) + "\n");
        }
    }
}
