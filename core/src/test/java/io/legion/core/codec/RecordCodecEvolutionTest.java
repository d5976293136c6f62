package io.legion.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.legion.core.CodecException;
import io.legion.core.WireName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// One test to a rule of evolution; the nested classes are versions of one program.
@SuppressWarnings("SameNameButDifferent") // the versions of a type share its name
class RecordCodecEvolutionTest {

    static final class V1 {
        record Person(String name, int age, String city, List<Pet> pets) {}

        record Pet(String name) {}

        enum Level {
            LOW,
            HIGH
        }

        record Alarm(Level level) {}

        sealed interface Change permits Rename, Move {}

        record Rename(String name) implements Change {}

        record Move(String city) implements Change {}

        record Key(String a, long b) {}

        record Table(Map<Key, Integer> rows) {}
    }

    static final class V2 {
        /// Reordered, city removed, age widened, country added with a default of its own.
        record Person(
                Optional<String> name,
                List<Pet> pets,
                long age,
                @Nullable String country) {
            Person {
                country = country == null ? "unknown" : country;
            }
        }

        record Pet(@WireName("name") String nickname, boolean loud) {}

        enum Level {
            MEDIUM,
            HIGH,
            @WireName("LOW")
            CALM
        }

        record Alarm(Level level) {}

        sealed interface Change permits Relocate, Rename, Leave {}

        record Rename(String name) implements Change {}

        @WireName("Move")
        record Relocate(String city) implements Change {}

        record Leave(String why) implements Change {}

        record Key(String a, long b, @Nullable String c) {
            Key {
                c = b > 1 ? "" : "long enough to change the order of the bytes";
            }
        }

        record Table(Map<Key, Integer> rows) {}
    }

    @Test
    void addedRemovedReorderedAndWidenedFieldsAreRead() {
        byte[] old = RecordCodec.of(V1.Person.class)
                .encode(new V1.Person("Ann", 44, "Bonn", List.of(new V1.Pet("Rex"), new V1.Pet("Tom"))));
        assertThat(RecordCodec.of(V2.Person.class).decode(old))
                .isEqualTo(new V2.Person(
                        Optional.of("Ann"),
                        List.of(new V2.Pet("Rex", false), new V2.Pet("Tom", false)),
                        44,
                        "unknown"));
    }

    @Test
    void theOlderVersionReadsTheNewer() {
        byte[] young = RecordCodec.of(V2.Person.class)
                .encode(new V2.Person(Optional.of("Bob"), List.of(new V2.Pet("Rex", true)), 7, "FR"));
        V1.Person read = RecordCodec.of(V1.Person.class).decode(young);
        assertThat(read.name()).isEqualTo("Bob");
        assertThat(read.age()).isEqualTo(7);
        assertThat(read.pets()).containsExactly(new V1.Pet("Rex"));
    }

    @Test
    void aLongThatDoesNotFitTheOlderIntIsRefused() {
        byte[] young =
                RecordCodec.of(V2.Person.class).encode(new V2.Person(Optional.empty(), List.of(), 1L << 40, null));
        refused(() -> RecordCodec.of(V1.Person.class).decode(young), "Person.age: the integer 1099511627776");
    }

    @Test
    void theOrderOfComponentsDoesNotShowInTheBytes() {
        record One(int a, String b, boolean c) {}
        record Other(boolean c, int a, String b) {}
        assertThat(RecordCodec.of(One.class).encode(new One(1, "x", true)))
                .isEqualTo(RecordCodec.of(Other.class).encode(new Other(true, 1, "x")));
    }

    @Test
    void constantsAreKnownByNameAndOldNamesStayReadable() {
        byte[] low = RecordCodec.of(V1.Alarm.class).encode(new V1.Alarm(V1.Level.LOW));
        byte[] high = RecordCodec.of(V1.Alarm.class).encode(new V1.Alarm(V1.Level.HIGH));
        RecordCodec<V2.Alarm> codec = RecordCodec.of(V2.Alarm.class);
        assertThat(codec.decode(low).level()).isEqualTo(V2.Level.CALM);
        assertThat(codec.decode(high).level()).isEqualTo(V2.Level.HIGH);
    }

    @Test
    void aConstantFromTheFutureIsRefused() {
        byte[] medium = RecordCodec.of(V2.Alarm.class).encode(new V2.Alarm(V2.Level.MEDIUM));
        refused(
                () -> RecordCodec.of(V1.Alarm.class).decode(medium),
                "Alarm.level: a constant that this version of Level does not know");
    }

    @Test
    void alternativesMayBeAddedAndReordered() {
        RecordCodec<V1.Change> old = RecordCodec.of(V1.Change.class);
        RecordCodec<V2.Change> young = RecordCodec.of(V2.Change.class);
        assertThat(young.decode(old.encode(new V1.Rename("x")))).isEqualTo(new V2.Rename("x"));
        assertThat(young.decode(old.encode(new V1.Move("y")))).isEqualTo(new V2.Relocate("y"));
        refused(
                () -> old.decode(young.encode(new V2.Leave("z"))),
                "Change: an alternative that this version of Change does not know");
    }

    @Test
    void aFieldOfAnotherKindUnderTheSameNameIsRefused() {
        record Amount(int value) {}
        record Text(String value) {}
        byte[] number = RecordCodec.of(Amount.class).encode(new Amount(5));
        refused(
                () -> RecordCodec.of(Text.class).decode(number),
                "Text.value: written as another kind of value (integer) than it is now (block with its length)");
    }

    @Test
    void mapsIterateInTheOrderOfTodaysBytesHoweverOldTheyAre() {
        Map<V1.Key, Integer> rows = new LinkedHashMap<>();
        for (int i = 0; i < 6; i++) {
            rows.put(new V1.Key("k", i), i);
        }
        byte[] old = RecordCodec.of(V1.Table.class).encode(new V1.Table(rows));
        RecordCodec<V2.Table> codec = RecordCodec.of(V2.Table.class);

        V2.Table fromOld = codec.decode(old);
        V2.Table fromToday = codec.decode(codec.encode(fromOld));

        assertThat(fromOld.rows().values())
                .containsExactlyElementsOf(fromToday.rows().values());
        assertThat(fromOld.rows().values())
                .isNotEqualTo(List.copyOf(
                        RecordCodec.of(V1.Table.class).decode(old).rows().values()));
    }

    @Test
    void descriptionsDoNotShowTheOrderOfComponents() {
        assertThat(RecordCodec.of(V1.Person.class).describe()).isEqualTo("""
                values: Person
                Person has the fields
                  age: int32
                  city: string?
                  name: string?
                  pets: list<Pet>
                Pet has the fields
                  name: string?
                """);
        assertThat(RecordCodec.of(V2.Change.class).describe()).isEqualTo("""
                values: Change
                Change is one of the records
                  Leave
                  Move: Relocate
                  Rename
                Leave has the fields
                  why: string?
                Relocate has the fields
                  city: string?
                Rename has the fields
                  name: string?
                """);
    }

    private static void refused(Runnable call, String message) {
        assertThatExceptionOfType(CodecException.class).isThrownBy(call::run).withMessageContaining(message);
    }
}
