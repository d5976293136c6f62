package io.legion.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.CodecException;
import io.legion.core.CodecLimits;
import io.legion.core.codec.CodecTypes.Everything;
import io.legion.core.codec.CodecTypes.Item;
import io.legion.core.codec.CodecTypes.Order;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a value takes more than another one, by what has changed alone.
class GrowthTest {
    private static final RecordCodec<Everything> EVERYTHING = RecordCodec.of(Everything.class);
    private static final RecordCodec<Order> ORDERS = RecordCodec.of(Order.class);
    private static final RecordCodec<Shelf> SHELVES = RecordCodec.of(Shelf.class);

    record Shelf(Map<String, Item> items, SortedMap<String, Long> counts, List<String> notes) {}

    private final WireOutput scratch = new WireOutput();

    @Test
    void aValueTakesAtMostItsGrowthMoreThanTheOneBefore() {
        for (long seed = 0; seed < 2_000; seed++) {
            var random = new Random(seed);
            var values = new RandomValues(seed);
            Everything value = values.everything();
            long most = EVERYTHING.encode(value).length;
            for (int change = 0; change < 8; change++) {
                Everything next = mixed(random, value, values.everything());
                most += EVERYTHING.growth(value, next, scratch);
                value = next;
                assertThat(EVERYTHING.encode(value).length).as("seed " + seed).isLessThanOrEqualTo((int) most);
            }
        }
    }

    @Test
    void aShelfTakesAtMostItsGrowthMoreWhateverIsAddedReplacedOrTakenAway() {
        for (long seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var shelf = new Shelf(Map.of(), new TreeMap<>(), List.of());
            long most = SHELVES.encode(shelf).length;
            for (int change = 0; change < 40; change++) {
                Shelf next = changed(random, shelf);
                most += SHELVES.growth(shelf, next, scratch);
                shelf = next;
                assertThat(SHELVES.encode(shelf).length).as("seed " + seed).isLessThanOrEqualTo((int) most);
            }
        }
    }

    @Test
    void whatIsTheSameObjectInBothIsNotWrittenAgain() {
        var large = new Order("x".repeat(1 << 20), 1, List.of(new Item("y".repeat(1 << 20), 2)));
        var next = new Order(large.customer(), 2, List.of(large.items().getFirst(), new Item("small", 3)));
        assertThat(ORDERS.growth(large, next, scratch)).isLessThan(64);
    }

    @Test
    void inAMapOnlyWhatIsNewOrReplacedIsWritten() {
        Map<String, Item> items = new LinkedHashMap<>();
        for (int i = 0; i < 1_000; i++) {
            items.put("item-" + i, new Item("x".repeat(100), i));
        }
        var before = new Shelf(items, new TreeMap<>(), List.of());
        Map<String, Item> more = new TreeMap<>(items);
        more.put("item-7", new Item("replaced", 7));
        more.put("item-new", new Item("added", 8));
        var after = new Shelf(more, before.counts(), before.notes());
        assertThat(SHELVES.growth(before, after, scratch)).isLessThan(128);
    }

    @Test
    void whatCanNotBeWrittenIsRefusedWhereverItIsNew() {
        var shelf = new Shelf(Map.of("a", new Item("a", 1)), new TreeMap<>(), List.of("one"));
        var backwards = new TreeMap<String, Long>(Comparator.reverseOrder());
        backwards.put("a", 1L);
        var withNull = new ArrayList<@Nullable String>(List.of("one"));
        withNull.add(null);
        refused(shelf, new Shelf(Map.of("a", new Item("\ud800", 1)), shelf.counts(), shelf.notes()));
        refused(shelf, new Shelf(Map.of("\udc00", new Item("a", 1)), shelf.counts(), shelf.notes()));
        refused(shelf, new Shelf(shelf.items(), backwards, shelf.notes()));
        refused(shelf, new Shelf(shelf.items(), shelf.counts(), withNull(withNull)));
    }

    @Test
    void aValueIsWrittenUpToTheBytesThatItTakes() {
        for (long seed = 0; seed < 300; seed++) {
            Everything value = new RandomValues(seed).everything();
            int size = EVERYTHING.encode(value).length;
            assertThat(EVERYTHING.encodeUpTo(size, value, scratch)).isTrue();
            assertThat(scratch.toByteArray()).isEqualTo(EVERYTHING.encode(value));
            assertThat(EVERYTHING.encodeUpTo(size - 1, value, scratch)).isFalse();
            assertThat(EVERYTHING.encodeUpTo(size / 2, value, scratch)).isFalse();
        }
    }

    @Test
    void theLimitsHoldWhateverTheOutputHeldBefore() {
        var large = new Order("x".repeat(50_000), 1, List.of());
        ORDERS.encode(large, scratch);
        var strict = RecordCodec.of(Order.class, new CodecLimits(1_000, 8));
        assertThatThrownBy(() -> strict.encode(large, scratch)).isInstanceOf(CodecException.class);
        assertThat(ORDERS.encodeUpTo(1_000, large, scratch)).isFalse();
        assertThat(scratch.size()).as("it stops early").isLessThan(1_100);
    }

    @Test
    void anOutputIsAsNewAfterAValueThatCouldNotBeWritten() {
        var bad = new Order("a", 1, List.of(new Item("\ud800", 1)));
        var good = new Order("a", 1, List.of(new Item("b", 1)));
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> ORDERS.encode(bad, scratch)).isInstanceOf(CodecException.class);
        }
        ORDERS.encode(good, scratch);
        assertThat(scratch.toByteArray()).isEqualTo(ORDERS.encode(good));
    }

    @SuppressWarnings("unchecked")
    private static List<String> withNull(List<@Nullable String> list) {
        return (List<String>) (List<?>) list;
    }

    private void refused(Shelf before, Shelf after) {
        assertThatThrownBy(() -> SHELVES.encode(after)).isInstanceOf(CodecException.class);
        assertThatThrownBy(() -> SHELVES.growth(before, after, scratch)).isInstanceOf(CodecException.class);
    }

    /// Each component of one or of the other.
    private static Everything mixed(Random random, Everything one, Everything other) {
        return new Everything(
                random.nextBoolean() ? one.primitives() : other.primitives(),
                random.nextBoolean() ? one.boxes() : other.boxes(),
                random.nextBoolean() ? one.values() : other.values(),
                random.nextBoolean() ? one.collections() : other.collections(),
                random.nextBoolean() ? one.figure() : other.figure(),
                random.nextBoolean() ? one.tree() : other.tree(),
                random.nextBoolean() ? one.nested() : other.nested(),
                random.nextBoolean() ? one.job() : other.job());
    }

    private static Shelf changed(Random random, Shelf shelf) {
        Map<String, Item> items =
                random.nextBoolean() ? new TreeMap<>(shelf.items()) : new LinkedHashMap<>(shelf.items());
        var counts = new TreeMap<>(shelf.counts());
        var notes = new ArrayList<>(shelf.notes());
        String key = "k".repeat(1 + random.nextInt(300)) + random.nextInt(10);
        switch (random.nextInt(6)) {
            case 0 -> items.put(key, new Item("x".repeat(random.nextInt(40_000)), random.nextLong()));
            case 1 -> items.keySet().stream().findFirst().ifPresent(items::remove);
            case 2 ->
                items.replaceAll((_, item) -> random.nextInt(9) == 0 ? new Item(item.name(), random.nextInt()) : item);
            case 3 -> counts.put(key, random.nextLong());
            case 4 -> notes.addFirst("n".repeat(random.nextInt(20_000)));
            default -> counts.clear();
        }
        return new Shelf(items, counts, notes);
    }
}
