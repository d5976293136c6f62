package io.legion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Applied;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.SearchTag;
import io.legion.core.Tag;
import io.legion.memory.SoloCluster;
import io.legion.runtime.lane.TestLanes;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a program makes by mistake, and a type cannot exclude: nulls, values of another type, halves of characters.
final class UnusualValuesTest {
    /// Ends in half of a surrogate pair, as a text does that was cut in the middle of an emoji.
    private static final String CUT = "anna \uD83D\uDE00".substring(0, 6);

    private record Shelf(long number, List<String> items) {
        static final PartitionType<Shelf> TYPE = PartitionType.named("shelf", new Shelf(0, List.of()))
                .events(Change.class)
                .index(shelf -> Set.of(Tag.of("number", shelf.number)));
    }

    private sealed interface Change<O> extends Event<Shelf, O> {}

    private record Put(String item) implements Change<Long> {
        @Override
        public Applied<Shelf, Long> apply(Shelf state, EventContext context) {
            return Applied.of(new Shelf(state.number + 1, List.of(item)), state.number + 1);
        }
    }

    /// What an apply can do wrong that compiles, with unchecked casts at the worst.
    private enum Mistake {
        NOTHING_AT_ALL,
        NO_STATE,
        NO_OUTPUT,
        NO_LIST,
        AN_ITEM_IS_NULL,
        HALF_A_CHARACTER,
        ANOTHER_OUTPUT,
        ANOTHER_STATE
    }

    private record Err(Mistake mistake) implements Change<Long> {
        @Override
        @SuppressWarnings({"unchecked", "NullAway"})
        public Applied<Shelf, Long> apply(Shelf state, EventContext context) {
            return switch (mistake) {
                case NOTHING_AT_ALL -> null;
                case NO_STATE -> Applied.of(null, 1L);
                case NO_OUTPUT -> Applied.of(new Shelf(9, List.of()), null);
                case NO_LIST -> Applied.of(new Shelf(9, null), 1L);
                case AN_ITEM_IS_NULL -> {
                    var items = new ArrayList<@Nullable String>();
                    items.add(null);
                    yield Applied.of(new Shelf(9, (List<String>) (List<?>) items), 1L);
                }
                case HALF_A_CHARACTER -> Applied.of(new Shelf(9, List.of(CUT)), 1L);
                case ANOTHER_OUTPUT ->
                    (Applied<Shelf, Long>) (Applied<?, ?>) Applied.of(new Shelf(9, List.of()), "text");
                case ANOTHER_STATE -> (Applied<Shelf, Long>) (Applied<?, ?>) Applied.of("text", 1L);
            };
        }
    }

    private static Legion open() {
        return Legion.named("shelves")
                .store(TestLanes.memory())
                .cluster(SoloCluster.open())
                .logger(RecordingLogger.open())
                .monitor(RecordingMonitor.open())
                .open(Shelf.TYPE);
    }

    private static String says(Mistake mistake) {
        return switch (mistake) {
            case NOTHING_AT_ALL -> "Err gave null: it has to give a state and an output";
            case NO_STATE -> "Err gave null as the next state";
            case NO_OUTPUT -> "Err gave null as its output";
            case NO_LIST -> "Shelf.items: null list: use an empty one";
            case AN_ITEM_IS_NULL -> "Shelf.items[0]: null element";
            case HALF_A_CHARACTER -> "Shelf.items[0]: text with half of a surrogate pair";
            case ANOTHER_OUTPUT -> "Err cannot be written: int64: a java.lang.String, where the type is java.lang.Long";
            case ANOTHER_STATE -> "Shelf: a java.lang.String, where the type is " + Shelf.class.getName();
        };
    }

    @Test
    void anEventThatEndsInThemFailsSaysWhyAndChangesNothing() {
        try (var legion = open()) {
            var anna = legion.partitions(Shelf.TYPE).of("anna");
            for (Mistake mistake : Mistake.values()) {
                var answer = anna.request(new Err(mistake), Consistency.FINAL);
                assertThatThrownBy(answer::output).as(mistake.name()).hasMessageContaining(says(mistake));
                assertThat(anna.read(Consistency.FINAL)).isEqualTo(Shelf.TYPE.initial());
            }
            assertThat(anna.request(new Put("tea"), Consistency.FINAL).output()).isEqualTo(1);
            assertThat(legion.operations().troubles().events())
                    .as("none of them is a way to say no")
                    .singleElement()
                    .satisfies(failing -> assertThat(failing.count()).isEqualTo(Mistake.values().length));
        }
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'anna \\ud83d' is not valid Unicode")
                .hasMessageContaining("index 5");
    }

    @Test
    void halfACharacterIsRefusedInKeysTagsAndNames() {
        refused(() -> PartitionKey.of(CUT));
        refused(() -> Tag.of(CUT));
        assertThatThrownBy(() -> Tag.of("name", CUT + "more"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'name\\u0000anna \\ud83dmore' is not valid Unicode");
        assertThatThrownBy(() -> Tag.of(CUT, 5)).isInstanceOf(IllegalArgumentException.class);
        refused(() -> PartitionType.named(CUT, new Shelf(0, List.of())));
        assertThatThrownBy(() -> Search.prefix("name", "\uDE00"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not valid Unicode");
        assertThatThrownBy(() -> Search.between("name", "a", "b\uDE00")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Search.all().after(CUT)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SearchTag.parse(CUT)).isInstanceOf(IllegalArgumentException.class);
        assertThat(PartitionKey.of("anna \uD83D\uDE00?").text()).isEqualTo("anna \uD83D\uDE00?");
    }

    /// Each would be the partition "anna ?".
    @Test
    void aKeyAndAnEventWithHalfACharacterChangeNothing() {
        try (var legion = open()) {
            var shelves = legion.partitions(Shelf.TYPE);
            refused(() -> shelves.of(CUT));
            assertThatThrownBy(() -> shelves.of("anna ?").request(new Put(CUT), Consistency.FINAL))
                    .isInstanceOf(RequestException.Unwritable.class)
                    .hasMessageContaining("Change.item: text with half of a surrogate pair");
            assertThat(shelves.of("anna ?")
                            .request(new Put("tea"), Consistency.FINAL)
                            .output())
                    .isEqualTo(1);
        }
    }

    private record Silent() implements Event<Shelf, Void> {
        @Override
        @SuppressWarnings("NullAway")
        public Applied<Shelf, Void> apply(Shelf state, EventContext context) {
            return Applied.of(state, null);
        }
    }

    @Test
    void anOutputThatIsAlwaysNullIsRefusedAtTheDefinition() {
        assertThatThrownBy(
                        () -> PartitionType.named("shelf", Shelf.TYPE.initial()).events(Silent.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Silent")
                .hasMessageContaining("record Done() {}");
    }

    /// The reason of a failure has a limit, which may cut a character in the middle.
    @Test
    void theReasonOfAFailureMayBeAnyText() {
        try (var legion = open()) {
            var answer = legion.partitions(Shelf.TYPE).of("anna").request(new Fail("x".repeat(450)), Consistency.FINAL);
            assertThatThrownBy(answer::output).hasMessageContaining("xxx");
        }
    }

    private record Fail(String text) implements Change<Long> {
        @Override
        public Applied<Shelf, Long> apply(Shelf state, EventContext context) {
            throw new IllegalStateException(text + "\uD83D\uDE00".repeat(50));
        }
    }
}
