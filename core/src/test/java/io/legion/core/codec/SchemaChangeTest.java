package io.legion.core.codec;

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
    private interface First {
        record State(int cents, String owner, Optional<Place> place, List<Item> items, Map<String, Kind> kinds) {}

        record Place(String street) {}

        record Item(long number, Item next) {}

        enum Kind {
            OLD
        }

        sealed interface Change permits Deposit, Close {}

        record Deposit(int cents) implements Change {}

        record Close() implements Change {}
    }

    /// All at once: a wider integer, a component gone, one new, one renamed, an Optional that is none any more, records
    /// of other names, a new constant, a new alternative and one gone.
    private interface Second {
        record Account(
                @WireName("cents") long money,
                Integer limit,
                Location place,
                List<Entry> items,
                Map<String, Kind> kinds) {}

        record Location(String street, String town) {}

        record Entry(long number, Entry next, boolean paid) {}

        enum Kind {
            OLD,
            NEW
        }

        sealed interface Change permits Deposit, Open {}

        record Deposit(long cents, String by) implements Change {}

        record Open() implements Change {}
    }

    private static Optional<String> conflict(Class<?> ours, Class<?> theirs) {
        var here = SchemaChange.conflict(Codec.describe(ours), Codec.describe(theirs));
        var there = SchemaChange.conflict(Codec.describe(theirs), Codec.describe(ours));
        assertThat(here.isPresent()).isEqualTo(there.isPresent());
        return here;
    }

    @Test
    void aReleaseMayChangeWhatTheCodecCanRead() {
        assertThat(conflict(First.State.class, First.State.class)).isEmpty();
        assertThat(conflict(First.State.class, Second.Account.class)).isEmpty();
        assertThat(conflict(First.Change.class, Second.Change.class)).isEmpty();
    }

    private record Text(String cents) {}

    private record Number(int cents) {}

    private record Texts(List<String> all) {}

    private record Numbers(List<Integer> all) {}

    private record LongNumbers(List<Long> all) {}

    private record SetOfTexts(Set<String> all) {}

    private record Deep(Map<String, List<Text>> deep) {}

    private record DeepNumber(Map<String, List<Number>> deep) {}

    private sealed interface Other permits Left {}

    private record Left() implements Other {}

    @Test
    void whatHasOneNameAndTwoTypesIsNamed() {
        assertThat(conflict(Number.class, Text.class)).contains("Number.cents is string there and int32 here");
        assertThat(conflict(Texts.class, Numbers.class)).isPresent();
        assertThat(conflict(Numbers.class, LongNumbers.class)).isPresent();
        assertThat(conflict(Texts.class, SetOfTexts.class)).isPresent();
        assertThat(conflict(Deep.class, DeepNumber.class)).contains("Deep.deep.cents is int32 there and string here");
        assertThat(conflict(First.Change.class, First.Deposit.class)).isPresent();
    }

    @Test
    void eventsThatHaveNoneInCommonAreOthers() {
        assertThat(conflict(First.Change.class, Other.class))
                .hasValueSatisfying(text -> assertThat(text).contains("Left", "Deposit"));
    }
}
