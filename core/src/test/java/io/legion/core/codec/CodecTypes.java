package io.legion.core.codec;

import io.legion.core.PartitionKey;
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
import java.util.SortedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The types that the tests of the codec write and read.
final class CodecTypes {
    private CodecTypes() {}

    record Item(@Nullable String name, long amount) {}

    record Order(@Nullable String customer, long number, List<Item> items) {}

    record Primitives(
            boolean flag, byte tiny, short small, char letter, int number, long large, float single, double exact) {}

    record Boxes(
            @Nullable Boolean flag,
            @Nullable Byte tiny,
            @Nullable Short small,
            @Nullable Character letter,
            @Nullable Integer number,
            @Nullable Long large,
            @Nullable Float single,
            @Nullable Double exact) {}

    record Values(
            @Nullable String text,
            @Nullable UUID id,
            @Nullable Instant at,
            @Nullable Duration span,
            @Nullable LocalDate day,
            @Nullable LocalDateTime minute,
            @Nullable BigInteger integer,
            @Nullable BigDecimal decimal,
            @Nullable URI where,
            @Nullable Color color,
            @Nullable PartitionKey key) {}

    record Collections(
            List<Integer> numbers,
            Set<String> names,
            Map<String, Item> items,
            SortedSet<String> sorted,
            SortedMap<Long, List<String>> byNumber,
            Optional<String> maybe,
            Map<Item, Set<Color>> colors,
            List<Optional<Long>> gaps) {}

    enum Color {
        RED,
        GREEN {
            @Override
            boolean calm() {
                return true;
            }
        },
        BLUE;

        boolean calm() {
            return false;
        }
    }

    sealed interface Figure permits Circle, Polygon, Group {}

    record Circle(double radius) implements Figure {}

    sealed interface Polygon extends Figure permits Square, Triangle {}

    record Square(double side) implements Polygon {}

    record Triangle(double a, double b, double c) implements Polygon {}

    record Group(List<Figure> parts) implements Figure {}

    record Tree(int value, @Nullable Tree left, @Nullable Tree right) {}

    record Pair<A, B>(A first, B second) {}

    record Nested(Pair<String, Pair<Long, List<Item>>> pair, Pair<Color, Color> colors) {}

    sealed interface Outcome<T> permits Done, Failed {}

    record Done<T>(T value) implements Outcome<T> {}

    record Failed<X>(String reason) implements Outcome<X> {}

    record Job(Outcome<Item> outcome, Outcome<List<String>> other) {}

    record Everything(
            @Nullable Primitives primitives,
            @Nullable Boxes boxes,
            @Nullable Values values,
            @Nullable Collections collections,
            @Nullable Figure figure,
            @Nullable Tree tree,
            @Nullable Nested nested,
            @Nullable Job job) {}
}
