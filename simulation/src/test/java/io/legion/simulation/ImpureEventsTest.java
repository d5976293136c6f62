package io.legion.simulation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What an apply must not depend on: the kit finds each, and names the event, the state before and what differs.
final class ImpureEventsTest {
    record Notes(List<String> lines, long count) {
        Notes with(String line) {
            return new Notes(List.of(line), count + 1);
        }
    }

    enum Color {
        RED,
        GREEN,
        BLUE,
        WHITE,
        BLACK,
        GREY
    }

    /// What one process cannot see.
    enum Impurity {
        ORDER_OF_A_SET_OF,
        ORDER_OF_A_SMALL_SET,
        ORDER_OF_A_MAP_OF,
        MAP_OF_AN_ENUM,
        PROCESS,
        PROPERTY,
        LINE_SEPARATOR,
        ENVIRONMENT,
        DIRECTORY,
        CHARSET,
        PROCESSORS,
        HEAP;

        private String text() {
            return switch (this) {
                case ORDER_OF_A_SET_OF -> Set.of("a", "b", "c", "d", "e", "f").toString();
                case ORDER_OF_A_SMALL_SET -> Set.of("a", "b").toString();
                case ORDER_OF_A_MAP_OF -> Map.of(1, "a", 2, "b", 3, "c", 4, "d").toString();
                case MAP_OF_AN_ENUM -> {
                    var counts = new HashMap<Color, Long>();
                    for (Color color : Color.values()) {
                        counts.put(color, 1L);
                    }
                    yield counts.toString();
                }
                case PROCESS -> "" + ProcessHandle.current().pid();
                case PROPERTY -> System.getProperty("user.name");
                case LINE_SEPARATOR -> String.format("%n");
                case ENVIRONMENT -> "" + System.getenv("PATH");
                case DIRECTORY -> System.getProperty("user.dir");
                case CHARSET -> java.nio.charset.Charset.defaultCharset().name();
                case PROCESSORS -> "" + Runtime.getRuntime().availableProcessors();
                case HEAP -> "" + Runtime.getRuntime().maxMemory();
            };
        }
    }

    record Depend(Impurity on) implements Event<Notes, Long> {
        @Override
        public Applied<Notes, Long> apply(Notes state, EventContext context) {
            return Applied.of(state.with(on.text()), state.count());
        }
    }

    private static final PartitionType<Notes> DEPENDS =
            PartitionType.named("depends", new Notes(List.of(), 0)).events(Depend.class);

    @ParameterizedTest
    @EnumSource(Impurity.class)
    void whatDependsOnTheProcessIsFoundByASecondOne(Impurity impurity) {
        assertThatThrownBy(() -> Simulation.of(DEPENDS)
                        .events(_ -> new Depend(impurity))
                        .seed(1)
                        .run())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(
                        "Depend[on=" + impurity + "] gives something else in another Java virtual machine")
                .hasMessageContaining("the state.lines[0]: " + impurity.text())
                .hasMessageContaining("The state before was Notes[lines=[], count=0]");
    }

    @Test
    void aPureEventIsPureThereToo() {
        Simulation.of(PartitionType.named("pure", new Notes(List.of(), 0)).events(Pure.class))
                .events(random -> new Pure("line " + random.below(9), Color.RED))
                .seeds(2)
                .run();
    }

    record Pure(String line, Color color) implements Event<Notes, Map<Color, String>> {
        private static final AtomicLong PRINTS = new AtomicLong();

        @Override
        public Applied<Notes, Map<Color, String>> apply(Notes state, EventContext context) {
            if (PRINTS.incrementAndGet() == 1) {
                System.out.println("what an event prints does no harm");
            }
            return Applied.of(state.with(line + context.time() + context.key()), Map.of(color, line));
        }
    }

    /// Null in one event of a hundred.
    record Lookup(long number) implements Event<Notes, Long> {
        private static final Map<Long, Long> KNOWN = Map.of(0L, 1L);

        @Override
        @SuppressWarnings("NullAway")
        public Applied<Notes, Long> apply(Notes state, EventContext context) {
            @Nullable Long found = number % 100 == 99 ? KNOWN.get(number) : Long.valueOf(number);
            return Applied.of(state.with("" + number), found);
        }
    }

    @Test
    void aNullOutputIsFoundWhateverMayFail() {
        var type = PartitionType.named("lookup", new Notes(List.of(), 0)).events(Lookup.class);
        assertThatThrownBy(() -> Simulation.of(type)
                        .events(random -> new Lookup(random.below(100)))
                        .mayFail(RuntimeException.class)
                        .inOneJvm()
                        .run())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Lookup[number=99] gave what cannot be used: the output is null");
    }

    /// A text the first time, a number later.
    record Changing() implements Event<Notes, Long> {
        @Override
        @SuppressWarnings("unchecked")
        public Applied<Notes, Long> apply(Notes state, EventContext context) {
            return state.count() < 3
                    ? Applied.of(state.with("x"), 1L)
                    : (Applied<Notes, Long>) (Applied<?, ?>) Applied.of(state.with("x"), "text");
        }
    }

    @Test
    void anOutputOfAnotherTypeIsFound() {
        var type = PartitionType.named("changing", new Notes(List.of(), 0)).events(Changing.class);
        assertThatThrownBy(() -> Simulation.of(type)
                        .events(_ -> new Changing())
                        .inOneJvm()
                        .run())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Changing[] gave what cannot be used: the output cannot be written: int64: a"
                        + " java.lang.String, where the type is java.lang.Long");
    }

    /// Differs from replica to replica, and not from one time to the next: pure as far as the check of purity sees.
    record Drift() implements Event<Notes, Long> {
        private static final AtomicLong TIMES = new AtomicLong();

        @Override
        public Applied<Notes, Long> apply(Notes state, EventContext context) {
            boolean inTheCluster = context.key().text().equals("p0") && state.count() > 2;
            return Applied.of(state.with(inTheCluster ? "" + TIMES.incrementAndGet() : "x"), 1L);
        }
    }

    @Test
    void replicasThatDifferAreToldWithTheEventAndTheFirstFieldThatDiffers() {
        var type = PartitionType.named("drift", new Notes(List.of(), 0)).events(Drift.class);
        assertThatThrownBy(() -> Simulation.of(type)
                        .events(_ -> new Drift())
                        .keys(1)
                        .inOneJvm()
                        .run())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the partition p0 of type 'drift' has ")
                .hasMessageContaining("the state.lines[0]: ")
                .hasMessageContaining(Drift.class.getName())
                .hasMessageContaining("is its apply pure?");
    }
}
