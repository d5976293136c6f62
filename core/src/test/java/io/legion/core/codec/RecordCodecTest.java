package io.legion.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Bytes;
import io.legion.core.CodecException;
import io.legion.core.CodecLimits;
import io.legion.core.codec.CodecTypes.Collections;
import io.legion.core.codec.CodecTypes.Color;
import io.legion.core.codec.CodecTypes.Everything;
import io.legion.core.codec.CodecTypes.Figure;
import io.legion.core.codec.CodecTypes.Group;
import io.legion.core.codec.CodecTypes.Item;
import io.legion.core.codec.CodecTypes.Order;
import io.legion.core.codec.CodecTypes.Primitives;
import io.legion.core.codec.CodecTypes.Tree;
import io.legion.core.codec.CodecTypes.Values;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
    private static final RecordCodec<Everything> EVERYTHING = RecordCodec.of(Everything.class);

    record Positive(long value) {
        Positive {
            if (value < 0) {
                throw new IllegalArgumentException("negative: " + value);
            }
        }
    }

    @Test
    void everyShapeSurvives() {
        for (int seed = 0; seed < 5_000; seed++) {
            Everything value = new RandomValues(seed).everything();
            assertThat(EVERYTHING.decode(EVERYTHING.encode(value)))
                    .as("seed %s", seed)
                    .isEqualTo(value);
        }
    }

    private static final RecordCodec<Echo> ECHO = RecordCodec.of(Echo.class);

    /// Encodes others of its kind while it is encoded itself.
    record Echo(String before, String text, int depth) {
        @Override
        public String text() {
            if (depth > 0) {
                ECHO.encode(new Echo("another", text, depth - 1));
            }
            return text;
        }
    }

    @Test
    void aValueThatIsWrittenWhileAnotherOneIsDoesNotGetIntoIt() {
        for (int depth = 1; depth < 4; depth++) {
            var value = new Echo("this", "text", depth);
            assertThat(ECHO.decode(ECHO.encode(value))).isEqualTo(value);
        }
    }

    @Test
    void nothingOfALargeValueOrOfOneThatFailedIsInTheNextOne() {
        var codec = RecordCodec.of(String.class);
        for (int length : new int[] {3, 100, 100_000, 0, 40}) {
            String text = "x".repeat(length);
            assertThat(codec.decode(codec.encode(text))).isEqualTo(text);
            assertThatThrownBy(() -> codec.encode(text + '\uD800')).isInstanceOf(CodecException.class);
        }
    }

    private record Nested(
            Primitives primitives,
            Optional<String> maybe,
            @Nullable Color color) {}

    private record Amount(BigDecimal value) {}

    @SuppressWarnings("ArrayRecordComponent") // what the codec has to tell apart
    private record Raw(byte[] bytes) {}

    private record Wrapped(Bytes bytes) {}

    @Test
    void onlyAnArrayCanBeChangedOnceItWasRead() {
        assertThat(List.of(Positive.class, Nested.class, Tree.class, Values.class, Amount.class, Wrapped.class))
                .allMatch(type -> RecordCodec.of(type).isImmutable());
        assertThat(RecordCodec.of(Raw.class).isImmutable()).isFalse();
    }

    @Test
    void equalValuesHaveEqualBytes() {
        for (int seed = 0; seed < 5_000; seed++) {
            byte[] bytes = EVERYTHING.encode(new RandomValues(seed).everything());
            assertThat(EVERYTHING.encode(EVERYTHING.decode(bytes)))
                    .as("seed %s", seed)
                    .isEqualTo(bytes);
        }
    }

    @Test
    void theOrderOfInsertionDoesNotShow() {
        RecordCodec<Collections> codec = RecordCodec.of(Collections.class);
        List<String> names = List.of("Aa", "BB", "C#", "zeta", "alpha", "", "a much longer one");
        Collections forwards = collections(names);
        Collections backwards = collections(names.reversed());

        assertThat(codec.encode(forwards)).isEqualTo(codec.encode(backwards));
        assertThat(List.copyOf(codec.decode(codec.encode(forwards)).names()))
                .isEqualTo(List.copyOf(codec.decode(codec.encode(backwards)).names()))
                .hasSize(names.size());
    }

    private static Collections collections(List<String> names) {
        Map<String, Item> items = new LinkedHashMap<>();
        Map<Item, Set<Color>> colors = new LinkedHashMap<>();
        for (String name : names) {
            items.put(name, new Item(name, name.length()));
            colors.put(new Item(name, 0), Set.of(Color.BLUE, Color.RED));
        }
        return new Collections(
                List.of(),
                new LinkedHashSet<>(names),
                items,
                new TreeSet<>(names),
                new TreeMap<>(),
                Optional.empty(),
                colors,
                List.of());
    }

    @Test
    void aRecordOfZerosHasNoBytes() {
        assertThat(RecordCodec.of(Primitives.class)
                        .encode(new Primitives(false, (byte) 0, (short) 0, (char) 0, 0, 0, 0, 0)))
                .isEmpty();
        assertThat(RecordCodec.of(Order.class).encode(new Order(null, 0, List.of())))
                .isEmpty();
        assertThat(RecordCodec.of(Order.class).decode(new byte[0])).isEqualTo(new Order(null, 0, List.of()));
    }

    @Test
    void minusZeroIsKeptAndAllNaNsAreOne() {
        RecordCodec<CodecTypes.Circle> codec = RecordCodec.of(CodecTypes.Circle.class);
        assertThat(Double.doubleToRawLongBits(
                        codec.decode(codec.encode(new CodecTypes.Circle(-0.0))).radius()))
                .isEqualTo(Double.doubleToRawLongBits(-0.0));
        double otherNaN = Double.longBitsToDouble(0x7FF8_0000_0000_0001L);
        assertThat(codec.encode(new CodecTypes.Circle(otherNaN)))
                .isEqualTo(codec.encode(new CodecTypes.Circle(Double.NaN)));
    }

    @Test
    void urisThatAreEqualHaveEqualBytes() {
        RecordCodec<URI> codec = RecordCodec.of(URI.class);
        URI one = URI.create("HTTP://me@Example.org:80/Path%2f?Q#F");
        URI same = URI.create("http://me@example.ORG:80/Path%2F?Q#F");
        assertThat(one).isEqualTo(same);
        assertThat(codec.encode(one)).isEqualTo(codec.encode(same));
        assertThat(codec.decode(codec.encode(one))).isEqualTo(one);
    }

    @Test
    void whatIsReadCanNotBeChanged() {
        RecordCodec<Collections> codec = RecordCodec.of(Collections.class);
        Collections read = codec.decode(codec.encode(collections(List.of("a", "b"))));
        assertThatThrownBy(() -> read.names().add("c")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> read.items().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> read.sorted().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> read.numbers().add(1)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void anyShapeCanBeTheRoot() {
        RecordCodec<String> text = RecordCodec.of(String.class);
        assertThat(text.decode(text.encode("text"))).isEqualTo("text");
        RecordCodec<Color> color = RecordCodec.of(Color.class);
        assertThat(color.decode(color.encode(Color.GREEN))).isEqualTo(Color.GREEN);
        RecordCodec<Figure> figure = RecordCodec.of(Figure.class);
        Figure group = new Group(List.of(new CodecTypes.Square(1), new CodecTypes.Circle(2)));
        assertThat(figure.decode(figure.encode(group))).isEqualTo(group);
    }

    @Test
    void nullInACollectionIsRefusedWithItsPlace() {
        RecordCodec<Order> codec = RecordCodec.of(Order.class);
        List<Item> items = Arrays.asList(new Item("a", 1), null);
        refused(() -> codec.encode(new Order("x", 1, items)), "Order.items[1]: null element");
    }

    @Test
    @SuppressWarnings({"NullAway", "NullOptional"}) // what a caller without a checker may do
    void nullCollectionsAndOptionalsAreRefusedWithTheirPlace() {
        refused(
                () -> RecordCodec.of(Order.class).encode(new Order("x", 1, null)),
                "Order.items: null list: use an empty one");
        record Maybe(Optional<String> text) {}
        refused(
                () -> RecordCodec.of(Maybe.class).encode(new Maybe(null)),
                "Maybe.text: null Optional: use Optional.empty()");
        record Keyed(Map<String, Item> map) {}
        Map<String, Item> map = new HashMap<>();
        map.put("key", null);
        refused(() -> RecordCodec.of(Keyed.class).encode(new Keyed(map)), "Keyed.map[key]: null value");
    }

    @Test
    void aSortedSetWithItsOwnOrderIsRefused() {
        record Sorted(java.util.SortedSet<String> set) {}
        Set<String> backwards = new TreeSet<>(Comparator.<String>reverseOrder());
        backwards.add("a");
        refused(
                () -> RecordCodec.of(Sorted.class).encode(new Sorted((TreeSet<String>) backwards)),
                "Sorted.set: a sorted set with a comparator of its own");
    }

    @Test
    void whatIsDeeperThanTheLimitIsNotWritten() {
        Tree tree = null;
        for (int i = 0; i < 70; i++) {
            tree = new Tree(i, tree, null);
        }
        Tree deep = tree;
        refused(
                () -> RecordCodec.of(Tree.class).encode(java.util.Objects.requireNonNull(deep)),
                "deeper than 64 levels");
    }

    @Test
    void whatIsLongerThanTheLimitIsNeitherWrittenNorRead() {
        RecordCodec<String> codec = RecordCodec.of(String.class, new CodecLimits(100, 4));
        refused(() -> codec.encode("x".repeat(101)), "longer than the 100 bytes allowed");
        refused(() -> codec.decode(new byte[101]), "101 bytes, with 100 allowed");
    }

    @Test
    void aConstructorThatRefusesIsACodecException() {
        record Signed(long value) {}
        byte[] bytes = RecordCodec.of(Signed.class).encode(new Signed(-1));
        refused(
                () -> RecordCodec.of(Positive.class).decode(bytes),
                "Positive: the constructor of Positive refused what was read: negative: -1");
    }

    @Test
    void manyThreadsShareACodec() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        List<@Nullable Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int thread = 0; thread < 8; thread++) {
            int seed = thread;
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    Everything value = new RandomValues(seed).everything();
                    for (int i = 0; i < 500; i++) {
                        assertThat(EVERYTHING.decode(EVERYTHING.encode(value))).isEqualTo(value);
                    }
                } catch (Throwable e) {
                    failures.add(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void valuesOfEveryKindSurviveAsTheExtremes() {
        RecordCodec<Values> codec = RecordCodec.of(Values.class);
        Values extremes = new Values(
                "",
                new java.util.UUID(0, 0),
                java.time.Instant.MAX,
                java.time.Duration.ofSeconds(Long.MIN_VALUE),
                java.time.LocalDate.MIN,
                java.time.LocalDateTime.MAX,
                java.math.BigInteger.ZERO,
                new java.math.BigDecimal("1.00"),
                URI.create("urn:x"),
                Color.RED,
                io.legion.core.PartitionKey.of(new byte[] {0}));
        assertThat(codec.decode(codec.encode(extremes))).isEqualTo(extremes);
    }

    private static void refused(Runnable call, String message) {
        assertThatExceptionOfType(CodecException.class).isThrownBy(call::run).withMessageContaining(message);
    }
}
