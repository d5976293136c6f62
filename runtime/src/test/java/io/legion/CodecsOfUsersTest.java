package io.legion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Applied;
import io.legion.core.Codec;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.EventCodecs;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whatever a codec of the user's throws, a request ends with its fate.
final class CodecsOfUsersTest {
    private record Names(List<String> names) {}

    private record Add(List<String> names) implements Event<Names, Integer> {
        @Override
        public Applied<Names, Integer> apply(Names state, EventContext context) {
            return Applied.of(new Names(names), names.size());
        }
    }

    private static final PartitionType<Names> TYPE =
            PartitionType.named("names", new Names(List.of())).events(Add.class);

    @Test
    void anEventThatCanNotBeWrittenChangesNothing() {
        try (var legion = Legion.open("names", TYPE)) {
            var partition = legion.partitions(TYPE).of("a");
            var broken = new Add(Arrays.asList("a", null));
            for (var consistency : Consistency.values()) {
                assertThatThrownBy(() -> partition.request(broken, consistency))
                        .isInstanceOfSatisfying(RequestException.Unwritable.class, refused -> {
                            assertThat(refused.fate()).isEqualTo(RequestException.Fate.NOT_APPLIED);
                            assertThat(refused.requestId()).isPresent();
                        });
            }
            assertThat(partition.read(Consistency.FINAL).names()).isEmpty();
        }
    }

    /// Writes outputs, and throws when it is to read one.
    private record Deaf(EventCodecs<Names> inside) implements EventCodecs<Names> {
        @Override
        public Codec<Event<Names, ?>> events() {
            return inside.events();
        }

        @Override
        public <O> Codec<O> outputs(Event<Names, O> event) {
            var written = inside.outputs(event);
            return new Codec<>() {
                @Override
                public byte[] encode(O value) {
                    return written.encode(value);
                }

                @Override
                public O decode(byte[] bytes) {
                    throw new AssertionError("planted");
                }
            };
        }
    }

    @Test
    void anOutputThatCanNotBeReadIsOfAnEventThatWasApplied() {
        var type = PartitionType.named("names", new Names(List.of()))
                .events(Codec.derived(Names.class), new Deaf(EventCodecs.derived(Add.class)));
        try (var legion = Legion.open("names", type)) {
            var partition = legion.partitions(type).of("a");
            assertThatThrownBy(() -> partition.request(new Add(List.of("a")), Consistency.FINAL))
                    .isInstanceOfSatisfying(
                            RequestException.Unreadable.class,
                            failed -> assertThat(failed.fate()).isEqualTo(RequestException.Fate.APPLIED))
                    .hasMessageContaining("planted");
            assertThat(partition.read(Consistency.FINAL).names()).containsExactly("a");
        }
    }
}
