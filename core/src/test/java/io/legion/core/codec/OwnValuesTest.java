package io.legion.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Bytes;
import io.legion.core.Codec;
import io.legion.core.CodecException;
import io.legion.core.codec.CodecTypes.Everything;
import io.legion.core.codec.CodecTypes.Item;
import io.legion.core.codec.CodecTypes.Order;
import io.legion.core.codec.CodecTypes.Tree;
import java.io.Serial;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is owned is what reading its bytes gives, and nobody else can change it.
class OwnValuesTest {
    private static final RecordCodec<Everything> EVERYTHING = RecordCodec.of(Everything.class);
    private static final RecordCodec<Shelf> SHELVES = RecordCodec.of(Shelf.class);
    private static final RecordCodec<Order> ORDERS = RecordCodec.of(Order.class);

    record Shelf(
            List<String> notes,
            Set<String> names,
            Map<String, Item> items,
            SortedSet<Integer> numbers,
            SortedMap<String, Long> counts,
            Map<Item, List<String>> byItem,
            Optional<List<String>> more) {
        static final Shelf EMPTY =
                new Shelf(List.of(), Set.of(), Map.of(), new TreeSet<>(), new TreeMap<>(), Map.of(), Optional.empty());
    }

    /// The text shows the order of sets and maps, which `equals` does not see.
    private static <T> void assertIsAsRead(RecordCodec<T> codec, T owned, T from, String what) {
        T read = codec.decode(codec.encode(from));
        assertThat(owned).as(what).isEqualTo(read).hasToString(read.toString());
    }

    @Test
    void whatIsOwnedIsWhatReadingItsBytesGives() {
        for (long seed = 0; seed < 2_000; seed++) {
            Everything value = new RandomValues(seed).everything();
            Everything owned = EVERYTHING.own(value);
            assertIsAsRead(EVERYTHING, owned, value, "seed " + seed);
            assertThat(EVERYTHING.own(owned, owned)).isSameAs(owned);
        }
    }

    @Test
    void soIsWhatWasMadeFromPartsOfAnother() {
        for (long seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            Shelf shelf = SHELVES.own(Shelf.EMPTY);
            for (int change = 0; change < 60; change++) {
                Shelf next = changed(random, shelf);
                Shelf owned = SHELVES.own(shelf, next);
                assertIsAsRead(SHELVES, owned, next, "seed " + seed + ", change " + change);
                shelf = owned;
            }
        }
    }

    private static Shelf changed(Random random, Shelf shelf) {
        var notes = new ArrayList<>(shelf.notes);
        var names = new HashSet<>(shelf.names);
        Map<String, Item> items = random.nextBoolean() ? new HashMap<>(shelf.items) : new LinkedHashMap<>(shelf.items);
        var numbers = new TreeSet<>(shelf.numbers);
        var counts = new TreeMap<>(shelf.counts);
        var byItem = new HashMap<>(shelf.byItem);
        for (int many = random.nextInt(20) == 0 ? 40 : 1; many > 0; many--) {
            String text = "é".repeat(random.nextInt(3)) + random.nextInt(30);
            switch (random.nextInt(7)) {
                case 0 -> notes.add(random.nextInt(notes.size() + 1), text);
                case 1 -> names.add(text);
                case 2 -> items.put(text, new Item(text, random.nextInt(5)));
                case 3 -> numbers.add(random.nextInt(30) - 15);
                case 4 -> counts.put(text, random.nextLong());
                case 5 -> byItem.put(new Item(text, 1), new ArrayList<>(notes));
                default -> {
                    names.remove(text);
                    items.keySet().removeIf(key -> key.length() > 2);
                    byItem.keySet().removeIf(key -> key.amount() > random.nextInt(4));
                }
            }
        }
        return new Shelf(
                notes, names, items, numbers, counts, byItem, random.nextBoolean() ? shelf.more : Optional.of(notes));
    }

    @Test
    void nobodyCanChangeItThroughWhatItWasMadeOf() {
        var notes = new ArrayList<>(List.of("a"));
        var items = new HashMap<>(Map.of("a", new Item("a", 1)));
        var byItem = new HashMap<>(Map.of(new Item("a", 1), (List<String>) notes));
        var given = new Shelf(
                Collections.unmodifiableList(notes),
                Collections.unmodifiableSet(items.keySet()),
                Collections.unmodifiableMap(items),
                new TreeSet<>(Set.of(1)),
                new TreeMap<>(Map.of("a", 1L)),
                byItem,
                Optional.of(notes));
        Shelf owned = SHELVES.own(given);
        String before = owned.toString();
        notes.clear();
        items.clear();
        given.numbers.clear();
        given.counts.clear();
        byItem.clear();
        assertThat(owned).hasToString(before);
        assertThatThrownBy(() -> owned.notes.add("b")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> owned.names.add("b")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> owned.items.put("b", new Item("b", 1)))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> owned.items.entrySet().iterator().next().setValue(new Item("b", 1)))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> owned.numbers.clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> owned.counts.clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> owned.byItem.values().iterator().next().add("b"))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThat(owned).hasToString(before);
    }

    @Test
    void whatIsImmutableAlreadyStaysTheSameObject() {
        var order = new Order("anna", 1, List.of(new Item("tea", 1), new Item("milk", 2), new Item("salt", 3)));
        assertThat(ORDERS.own(order)).isSameAs(order);
        Order read = ORDERS.decode(ORDERS.encode(order));
        assertThat(ORDERS.own(read)).isSameAs(read);
        var next = new Order("bert", 2, new ArrayList<>(order.items()));
        assertThat(ORDERS.own(order, next).items().get(1))
                .isSameAs(order.items().get(1));
    }

    @Test
    void inAMapAndASetToo() {
        Shelf read = SHELVES.own(new Shelf(
                List.of(),
                Set.of("a", "b"),
                Map.of("a", new Item("a", 1)),
                new TreeSet<>(),
                new TreeMap<>(),
                Map.of(new Item("a", 1), List.of("a")),
                Optional.of(List.of("c"))));
        assertThat(SHELVES.own(read)).isSameAs(read);
    }

    /// The accessor hides that the record holds a list of somebody else's.
    record Hiding(List<String> names) {
        @Override
        public List<String> names() {
            return List.copyOf(names);
        }

        int size() {
            return names.size();
        }
    }

    @Test
    void anAccessorThatCopiesHidesNothing() {
        var names = new ArrayList<>(List.of("a", "b"));
        Hiding owned = RecordCodec.of(Hiding.class).own(new Hiding(names));
        names.clear();
        assertThat(owned.size()).isEqualTo(2);
    }

    record Numbers(float single, double exact, @Nullable Double boxed, List<Double> many) {}

    @Test
    void ofAllNaNsThereIsTheOneThatIsWritten() {
        double odd = Double.longBitsToDouble(0x7ff8000000000001L);
        var given = new Numbers(Float.intBitsToFloat(0x7fc00001), odd, odd, List.of(odd, -0.0));
        Numbers owned = RecordCodec.of(Numbers.class).own(given);
        assertThat(Float.floatToRawIntBits(owned.single)).isEqualTo(0x7fc00000);
        assertThat(List.of(owned.exact, owned.boxed, owned.many.getFirst()))
                .allMatch(number -> Double.doubleToRawLongBits(number) == 0x7ff8000000000000L);
        assertThat(Double.doubleToRawLongBits(owned.many.getLast())).isEqualTo(Long.MIN_VALUE);
        var fine = new Numbers(1, -0.0, Double.NaN, List.of());
        assertThat(RecordCodec.of(Numbers.class).own(fine)).isSameAs(fine);
    }

    private static final class Growing extends BigInteger {
        @Serial
        private static final long serialVersionUID = 1L;

        Growing() {
            super("7");
        }
    }

    record Odd(Bytes bytes, BigInteger number, BigDecimal decimal, URI where) {}

    @Test
    void bytesTextsAndNumbersOfOthersAreTakenOver() {
        byte[] array = {1, 2};
        var given = new Odd(
                Bytes.wrap(array),
                new Growing(),
                new BigDecimal(new Growing(), 1),
                URI.create("HTTP://Example.org/%aa"));
        Odd owned = RecordCodec.of(Odd.class).own(given);
        array[0] = 9;
        assertThat(owned.bytes).isEqualTo(Bytes.copyOf(new byte[] {1, 2}));
        assertThat(owned.number).isExactlyInstanceOf(BigInteger.class).isEqualTo(BigInteger.valueOf(7));
        assertThat(owned.decimal.unscaledValue()).isExactlyInstanceOf(BigInteger.class);
        assertThat(owned.where).hasToString("http://example.org/%AA");
        assertThat(RecordCodec.of(Odd.class).own(owned)).isSameAs(owned);
    }

    @SuppressWarnings("ArrayRecordComponent") // what is tested
    record Raw(List<byte[]> arrays) {}

    @Test
    void aValueWithAnArrayIsCopiedWheneverItChangesHands() {
        RecordCodec<Raw> raws = RecordCodec.of(Raw.class);
        var given = new Raw(List.of(new byte[] {1}));
        Raw owned = raws.own(given);
        Raw lent = Lending.lent(raws, owned);
        given.arrays.getFirst()[0] = 2;
        lent.arrays.getFirst()[0] = 3;
        assertThat(owned.arrays.getFirst()).containsExactly(1);
        assertThat(raws.isImmutable()).isFalse();
        assertThat(SHELVES.isImmutable()).isTrue();
    }

    /// A codec of the user's own, for a type that can change.
    private static final Codec<StringBuilder> BUILDERS = new Codec<>() {
        @Override
        public byte[] encode(StringBuilder value) {
            return Bytes.of(value.toString()).toArray();
        }

        @Override
        public StringBuilder decode(byte[] bytes) {
            return new StringBuilder(Bytes.copyOf(bytes).text());
        }
    };

    @Test
    void aCodecOfTheUsersOwnGivesCopiesUnlessItSaysThatItsValuesAreImmutable() {
        var given = new StringBuilder("a");
        StringBuilder owned = BUILDERS.own(given);
        given.append("b");
        Lending.lent(BUILDERS, owned).append("c");
        assertThat(owned).hasToString("a");
        Codec<String> texts = new Codec<>() {
            @Override
            public byte[] encode(String value) {
                return Bytes.of(value).toArray();
            }

            @Override
            public String decode(byte[] bytes) {
                return Bytes.copyOf(bytes).text();
            }

            @Override
            public boolean isImmutable() {
                return true;
            }
        };
        String text = new String("text");
        assertThat(texts.own(text)).isSameAs(text);
    }

    @Test
    void whatCanNotBeWrittenCanNotBeOwned() {
        assertThatThrownBy(() -> ORDERS.own(new Order("a", 1, Collections.singletonList(null))))
                .isInstanceOf(CodecException.class)
                .hasMessage("Order.items[0]: null element");
        var names = new TreeSet<String>(Collections.reverseOrder());
        names.add("a");
        assertThatThrownBy(() -> SHELVES.own(new Shelf(
                        List.of(), names, Map.of(), new TreeSet<>(), new TreeMap<>(), Map.of(), Optional.empty())))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("comparator of its own");
    }

    record Nest(List<Nest> inner) {}

    @Test
    void depthIsLimitedAsInWriting() {
        Nest nest = new Nest(List.of());
        int levels = 0;
        while (isWritten(nest)) {
            RecordCodec.of(Nest.class).own(nest);
            nest = new Nest(new ArrayList<>(List.of(nest)));
            levels++;
        }
        assertThat(levels).isGreaterThan(20);
        for (int i = 0; i < 100_000; i++) {
            nest = new Nest(new ArrayList<>(List.of(nest)));
        }
        Nest deep = nest;
        assertThatThrownBy(() -> RecordCodec.of(Nest.class).own(deep)).isInstanceOf(CodecException.class);
        Tree tree = new Tree(1, null, null);
        for (int i = 0; i < 60; i++) {
            tree = new Tree(i, tree, null);
        }
        assertThat(RecordCodec.of(Tree.class).own(tree)).isSameAs(tree);
    }

    private static boolean isWritten(Nest nest) {
        try {
            RecordCodec.of(Nest.class).encode(nest);
            return true;
        } catch (CodecException tooDeep) {
            return false;
        }
    }
}
