package io.legion.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.core.Tag;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// A partition type as users write it, whose state is one of several records, and has tags from the start.
final class DoorTest {
    sealed interface Door {
        long moves();
    }

    record Open(long moves, String by) implements Door {}

    record Closed(long moves) implements Door {}

    record Move(String by) implements Event<Door, Long> {
        @Override
        public Applied<Door, Long> apply(Door door, EventContext context) {
            long moves = door.moves() + 1;
            return switch (door) {
                case Open _ -> Applied.of(new Closed(moves), moves);
                case Closed _ -> Applied.of(new Open(moves, by), moves);
            };
        }
    }

    private static final PartitionType<Door> DOORS = PartitionType.<Door>named("door", new Closed(0))
            .events(Move.class)
            .index(door -> Set.of(Tag.of("is", door instanceof Open ? "open" : "closed")));

    private static Simulation<Door> doors() {
        return Simulation.of(DOORS)
                .events(random -> new Move("m" + random.below(3)))
                .seeds(20);
    }

    @Test
    void aDoorKeepsItsPromisesUnderFaults() {
        doors().invariant(door -> door instanceof Open == (door.moves() % 2 == 1))
                .run();
    }

    @Test
    void aConditionThatDoesNotHoldIsFound() {
        assertThat(catchThrowable(
                        () -> doors().invariant(door -> door.moves() < 5).run()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed(");
    }
}
