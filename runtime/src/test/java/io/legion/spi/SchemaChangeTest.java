package io.legion.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Codec;
import io.legion.core.WireName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What docs/codec.md allows from one release to the next, and what no release explains.
final class SchemaChangeTest {
    private record State(int cents, String owner, Optional<Place> place, List<Item> items, Map<String, Kind> kinds) {}

    private record Place(String street) {}

    private record Item(long number, Item next) {}

    private enum Kind {
        OLD
    }

    private sealed interface Change permits Deposit, Close {}

    private record Deposit(int cents) implements Change {}

    private record Close() implements Change {}

    /// All at once: a wider integer, a component gone, one new, one renamed, an Optional that is none any more,
    /// records of other names, a new constant.
    private record Account(
            @WireName("cents") long money,
            Integer limit,
            Location place,
            List<Entry> items,
            Map<String, MoreKinds> kinds) {}

    private record Location(String street, String town) {}

    private record Entry(long number, Entry next, boolean paid) {}

    private enum MoreKinds {
        OLD,
        NEW
    }

    /// A new alternative, one gone, and one with a new component.
    private sealed interface LaterChange permits LaterDeposit, Open {}

    @WireName("Deposit")
    private record LaterDeposit(long cents, String by) implements LaterChange {}

    private record Open() implements LaterChange {}

    private static Optional<String> conflict(Class<?> ours, Class<?> theirs) {
        var here = SchemaChange.conflict(Codec.describe(ours), Codec.describe(theirs));
        var there = SchemaChange.conflict(Codec.describe(theirs), Codec.describe(ours));
        assertThat(here.isPresent()).isEqualTo(there.isPresent());
        return here;
    }

    @Test
    void aReleaseMayChangeWhatTheCodecCanRead() {
        assertThat(conflict(State.class, State.class)).isEmpty();
        assertThat(conflict(State.class, Account.class)).isEmpty();
        assertThat(conflict(Change.class, LaterChange.class)).isEmpty();
    }

    private record Text(String cents) {}

    private record Cents(int cents) {}

    private record Texts(List<String> all) {}

    private record Numbers(List<Integer> all) {}

    private record LongNumbers(List<Long> all) {}

    private record SetOfTexts(Set<String> all) {}

    private record Deep(Map<String, List<Text>> deep) {}

    private record DeepNumber(Map<String, List<Cents>> deep) {}

    private sealed interface Other permits Left {}

    private record Left() implements Other {}

    @Test
    void whatHasOneNameAndTwoTypesIsNamed() {
        assertThat(conflict(Cents.class, Text.class)).contains("Cents.cents is string there and int32 here");
        assertThat(conflict(Texts.class, Numbers.class)).isPresent();
        assertThat(conflict(Numbers.class, LongNumbers.class)).isPresent();
        assertThat(conflict(Texts.class, SetOfTexts.class)).isPresent();
        assertThat(conflict(Deep.class, DeepNumber.class)).contains("Deep.deep.cents is int32 there and string here");
        assertThat(conflict(Change.class, Deposit.class)).isPresent();
    }

    @Test
    void eventsThatHaveNoneInCommonAreOthers() {
        assertThat(conflict(Change.class, Other.class))
                .hasValueSatisfying(text -> assertThat(text).contains("Left", "Deposit"));
    }
}
