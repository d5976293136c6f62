package io.legion.core.codec;

import io.legion.core.PartitionKey;
import io.legion.core.codec.CodecTypes.Boxes;
import io.legion.core.codec.CodecTypes.Circle;
import io.legion.core.codec.CodecTypes.Collections;
import io.legion.core.codec.CodecTypes.Color;
import io.legion.core.codec.CodecTypes.Done;
import io.legion.core.codec.CodecTypes.Everything;
import io.legion.core.codec.CodecTypes.Failed;
import io.legion.core.codec.CodecTypes.Figure;
import io.legion.core.codec.CodecTypes.Group;
import io.legion.core.codec.CodecTypes.Item;
import io.legion.core.codec.CodecTypes.Job;
import io.legion.core.codec.CodecTypes.Nested;
import io.legion.core.codec.CodecTypes.Pair;
import io.legion.core.codec.CodecTypes.Primitives;
import io.legion.core.codec.CodecTypes.Square;
import io.legion.core.codec.CodecTypes.Tree;
import io.legion.core.codec.CodecTypes.Triangle;
import io.legion.core.codec.CodecTypes.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Values of every shape, from a seed.
final class RandomValues {
    private static final List<Color> COLORS = List.of(Color.values());

    private final Random random;

    RandomValues(long seed) {
        this.random = new Random(seed);
    }

    Everything everything() {
        return new Everything(
                maybe(this::primitives),
                maybe(this::boxes),
                maybe(this::values),
                maybe(this::collections),
                maybe(() -> figure(3)),
                tree(4),
                maybe(this::nested),
                maybe(this::job));
    }

    private <V> @Nullable V maybe(Supplier<V> value) {
        return random.nextInt(3) == 0 ? null : value.get();
    }

    private Primitives primitives() {
        return new Primitives(
                random.nextBoolean(),
                (byte) number(),
                (short) number(),
                (char) number(),
                (int) number(),
                number(),
                random.nextFloat(),
                exact());
    }

    private Boxes boxes() {
        return new Boxes(
                maybe(random::nextBoolean),
                maybe(() -> (byte) number()),
                maybe(() -> (short) number()),
                maybe(() -> (char) number()),
                maybe(() -> (int) number()),
                maybe(this::number),
                maybe(random::nextFloat),
                maybe(this::exact));
    }

    private Values values() {
        return new Values(
                maybe(this::text),
                maybe(() -> new UUID(random.nextLong(), random.nextLong())),
                maybe(() -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000))),
                maybe(() -> Duration.ofNanos(number())),
                maybe(() -> LocalDate.ofEpochDay(random.nextInt(100_000))),
                maybe(() ->
                        LocalDateTime.of(2020, 1 + random.nextInt(12), 1 + random.nextInt(28), random.nextInt(24), 0)),
                maybe(() -> new BigInteger(random.nextInt(100), random)),
                maybe(() -> new BigDecimal(new BigInteger(random.nextInt(100), random), random.nextInt(40) - 20)),
                maybe(() -> URI.create("http://host" + random.nextInt(9) + "/path?q=" + random.nextInt(9))),
                maybe(this::color),
                maybe(() -> PartitionKey.of("key" + text())));
    }

    private Collections collections() {
        Map<Long, List<String>> byNumber = new HashMap<>();
        Map<Item, Set<Color>> colors = new HashMap<>();
        Map<String, Item> items = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            byNumber.put(number(), list(this::text));
            colors.put(item(), new HashSet<>(list(this::color)));
            items.put(text(), item());
        }
        return new Collections(
                list(() -> (int) number()),
                new HashSet<>(list(this::text)),
                items,
                new TreeSet<>(list(this::text)),
                new TreeMap<>(byNumber),
                Optional.ofNullable(maybe(this::text)),
                colors,
                list(() -> Optional.ofNullable(maybe(this::number))));
    }

    private Figure figure(int depth) {
        return switch (random.nextInt(depth == 0 ? 3 : 4)) {
            case 0 -> new Circle(exact());
            case 1 -> new Square(exact());
            case 2 -> new Triangle(exact(), 0, exact());
            default -> new Group(list(() -> figure(depth - 1)));
        };
    }

    private @Nullable Tree tree(int depth) {
        return depth == 0 || random.nextInt(4) == 0 ? null : new Tree((int) number(), tree(depth - 1), tree(depth - 1));
    }

    private Nested nested() {
        return new Nested(new Pair<>(text(), new Pair<>(number(), list(this::item))), new Pair<>(color(), color()));
    }

    private Job job() {
        return new Job(
                random.nextBoolean() ? new Done<>(item()) : new Failed<>(text()),
                random.nextBoolean() ? new Done<>(list(this::text)) : new Failed<>(text()));
    }

    private Item item() {
        return new Item(text(), number());
    }

    private <V> List<V> list(Supplier<V> value) {
        List<V> list = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            list.add(value.get());
        }
        return list;
    }

    private Color color() {
        return COLORS.get(random.nextInt(COLORS.size()));
    }

    private double exact() {
        return switch (random.nextInt(5)) {
            case 0 -> 0.0;
            case 1 -> -0.0;
            case 2 -> Double.NaN;
            default -> random.nextGaussian();
        };
    }

    private long number() {
        return random.nextLong() >> random.nextInt(64);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(random.nextInt(20) == 0 ? 0x1F600 + random.nextInt(40) : 'a' + random.nextInt(26));
        }
        return text.toString();
    }
}
