package io.legion.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventCodecs;
import io.legion.core.EventContext;
import org.junit.jupiter.api.Test;

final class DerivedEventCodecsTest {
    private sealed interface Change<O> extends Event<Long, O> {}

    private record Count() implements Change<Long> {
        @Override
        public Applied<Long, Long> apply(Long state, EventContext context) {
            return Applied.of(state + 1, state + 1);
        }
    }

    private record Name() implements Change<String> {
        @Override
        public Applied<Long, String> apply(Long state, EventContext context) {
            return Applied.of(state, "name");
        }
    }

    private record Stranger() implements Event<Long, Long> {
        @Override
        public Applied<Long, Long> apply(Long state, EventContext context) {
            return Applied.of(state, state);
        }
    }

    private final EventCodecs<Long> codecs = DerivedEventCodecs.of(Change.class);

    @Test
    void eventsOfDifferentClassesByTurnsHaveEachTheCodecOfTheirOwnOutput() {
        for (int i = 0; i < 3; i++) {
            var counts = codecs.outputs(new Count());
            assertThat(counts.decode(counts.encode(7L))).isEqualTo(7L);
            var names = codecs.outputs(new Name());
            assertThat(names.decode(names.encode("seven"))).isEqualTo("seven");
            assertThat(codecs.outputs(new Name())).isSameAs(names);
        }
    }

    @Test
    void anEventOfAnotherTypeIsRefusedAndTheOthersStayWhatTheyWere() {
        var names = codecs.outputs(new Name());
        assertThatThrownBy(() -> codecs.outputs(new Stranger()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Stranger");
        assertThat(codecs.outputs(new Name())).isSameAs(names);
    }

    @Test
    void theCodecOfAnOutputIsFoundByTheClassOfTheEventToo() {
        var derived = DerivedEventCodecs.<Long>of(Change.class);
        assertThat(derived.eventClasses()).containsExactly(Count.class, Name.class);
        assertThat(derived.outputsOf(Name.class)).isSameAs(derived.outputs(new Name()));
        assertThatThrownBy(() -> derived.outputsOf(Stranger.class)).isInstanceOf(IllegalArgumentException.class);
    }
}
