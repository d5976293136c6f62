package io.legion.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.shard.PartitionTypes;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PartitionTypeTest {
    private sealed interface Door {}

    private record Open(long since) implements Door {}

    private record Closed() implements Door {}

    private record Move() implements Event<Door, Long> {
        @Override
        public Applied<Door, Long> apply(Door state, EventContext context) {
            return switch (state) {
                case Open open -> Applied.of(new Closed(), open.since());
                case Closed _ -> Applied.of(new Open(7), 0L);
            };
        }
    }

    private record Box<T>(T content) {}

    private record Put(List<String> content) implements Event<Box<List<String>>, Long> {
        @Override
        public Applied<Box<List<String>>, Long> apply(Box<List<String>> state, EventContext context) {
            return Applied.of(new Box<>(content), (long) content.size());
        }
    }

    sealed interface Mixed<S, O> extends Event<S, O> {}

    record OfText() implements Mixed<String, Long> {
        @Override
        public Applied<String, Long> apply(String state, EventContext context) {
            return Applied.of(state, 0L);
        }
    }

    record OfNumber() implements Mixed<Long, Long> {
        @Override
        public Applied<Long, Long> apply(Long state, EventContext context) {
            return Applied.of(state, 0L);
        }
    }

    record Kept(long cents, @Since(2) long bonus) {}

    record Give(long bonus) implements Event<Kept, Long> {
        @Override
        public Applied<Kept, Long> apply(Kept state, EventContext context) {
            return Applied.of(new Kept(state.cents, bonus), bonus);
        }
    }

    /// Its component would be dropped at each event, and never come.
    @Test
    void aTypeWithMarkedPartsThatSaysNothingOfVersionsIsNotOpened() {
        var silent = PartitionType.named("kept", new Kept(0, 0)).events(Give.class);
        assertThatThrownBy(() -> new PartitionTypes(List.of(silent)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the type 'kept' has parts marked @Since(2), and its version is 1: say version(2) or higher");
        assertThat(new PartitionTypes(List.of(silent.version(2))).all()).hasSize(1);
        assertThatThrownBy(() -> silent.version(0)).hasMessageContaining("begin with 1, and this is 0");
    }

    @Since(2)
    record Late() implements Event<Kept, Long> {
        @Override
        public Applied<Kept, Long> apply(Kept state, EventContext context) {
            return Applied.of(state, 0L);
        }
    }

    @Test
    void theOnlyEventBearsNoMark() {
        assertThatThrownBy(() -> PartitionType.named("kept", new Kept(0, 0)).events(Late.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("only event of 'kept' and marked @Since");
    }

    @Test
    void aStateCanBeOneOfSeveralRecords() {
        PartitionType<Door> type =
                PartitionType.<Door>named("door", new Closed()).events(Move.class);
        for (var door : List.of(new Open(3), new Closed())) {
            var codec = type.stateCodec();
            assertThat(codec.decode(codec.encode(door))).isEqualTo(door);
        }
    }

    @Test
    void aStateCanHaveTypeArguments() {
        var type = PartitionType.named("box", new Box<>(List.of("a"))).events(Put.class);
        var codec = type.stateCodec();
        assertThat(codec.decode(codec.encode(new Box<>(List.of("b", "c"))))).isEqualTo(new Box<>(List.of("b", "c")));
    }

    @Test
    void eventsOfAnotherStateAreRefusedAtOnce() {
        assertThatThrownBy(() -> PartitionType.named("door", "a text").events(Move.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Move")
                .hasMessageContaining("Door")
                .hasMessageContaining("'door' is a java.lang.String");
        assertThatThrownBy(() -> PartitionType.named("mixed", "a text").events(Mixed.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("OfNumber");
        assertThatThrownBy(() -> PartitionType.named("any", "a text").events(Event.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one record, or a sealed interface of records");
    }

    @Test
    void aTagGivesBackItsValue() {
        for (long number : new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE}) {
            assertThat(Tag.of("cents", number).number()).isEqualTo(number);
        }
        assertThat(Tag.of("name", "ab").text()).isEqualTo("ab");
        assertThat(Tag.of("alone").text()).isEqualTo("alone");
        assertThatThrownBy(() -> Tag.of("name", "ab").number()).hasMessageContaining("2 bytes");
    }
}
