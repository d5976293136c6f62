package io.legion.simulation.purity;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.core.Tag;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class PurityCheckTest {
    record Team(String lead, Set<String> names) {}

    record Club(List<Team> teams, Map<String, Optional<Set<String>>> guests) {}

    sealed interface ClubEvent extends Event<Club, String> {}

    record Join(String name) implements ClubEvent {
        @Override
        public Applied<Club, String> apply(Club club, EventContext context) {
            var guests = new HashMap<>(club.guests());
            guests.put(name, Optional.of(Set.of(name)));
            var names = new HashSet<>(
                    club.teams().isEmpty() ? Set.of() : club.teams().getFirst().names());
            names.add(name);
            return Applied.of(new Club(List.of(new Team(name, names)), guests), name);
        }
    }

    /// Pure, as the order does not matter.
    record Count() implements ClubEvent {
        @Override
        public Applied<Club, String> apply(Club club, EventContext context) {
            var sorted = new TreeSet<>(club.guests().keySet());
            return Applied.of(club, sorted.size() + sorted.toString());
        }
    }

    /// Another one on each replica.
    record AnyName() implements ClubEvent {
        @Override
        public Applied<Club, String> apply(Club club, EventContext context) {
            return Applied.of(
                    club,
                    club.teams().isEmpty()
                            ? ""
                            : club.teams().getFirst().names().iterator().next());
        }
    }

    record AnyGuest() implements ClubEvent {
        @Override
        public Applied<Club, String> apply(Club club, EventContext context) {
            return Applied.of(club, String.join(",", club.guests().keySet()));
        }
    }

    record Welcome(Set<String> names) implements ClubEvent {
        @Override
        public Applied<Club, String> apply(Club club, EventContext context) {
            return Applied.of(club, names.toString());
        }
    }

    private static final PartitionType<Club> CLUBS =
            PartitionType.named("club", new Club(List.of(), Map.of())).events(ClubEvent.class);

    private static void check(ClubEvent other) {
        check(CLUBS, other);
    }

    private static void check(PartitionType<Club> type, ClubEvent other) {
        new PurityCheck<>(
                        type,
                        random -> random.chance(0.8) ? new Join("n" + random.below(50)) : other,
                        MeantFailures.NONE,
                        null,
                        1)
                .check(50);
    }

    @Test
    void whatIsTheSameInEveryOrderIsPure() {
        assertThatCode(() -> check(new Count())).doesNotThrowAnyException();
    }

    @Test
    void theFirstOfASetIsNot() {
        assertThatThrownBy(() -> check(new AnyName()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("order in which a set or a map");
    }

    @Test
    void theKeysOfAMapInTheirOrderAreNot() {
        assertThatThrownBy(() -> check(new AnyGuest()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("order in which a set or a map");
    }

    private static String names(Club club) {
        return club.teams().isEmpty() ? "" : club.teams().getFirst().names().toString();
    }

    @Test
    void anIndexThatCountsIsNotPure() {
        var calls = new AtomicLong();
        var type = CLUBS.index(_ -> Set.of(Tag.of("call", calls.incrementAndGet())));
        assertThatThrownBy(() -> check(type, new Count()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(
                        "the index function of the partition type 'club' gives other tags when it is called again")
                .hasMessageContaining("searches would find something else on each node")
                .hasMessageContaining("The state was Club[teams=[")
                .hasMessageNotContaining("apply");
    }

    @Test
    void norIsOneThatDependsOnTheOrderOfASet() {
        assertThatThrownBy(() -> check(CLUBS.index(club -> Set.of(Tag.of("names", names(club)))), new Count()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("depends on the order in which a set or a map of the state is gone through");
    }

    @Test
    void anIndexOfTheStateAloneIs() {
        var type = CLUBS.index(club -> Set.of(Tag.of("guests", club.guests().size())));
        assertThatCode(() -> check(type, new Count())).doesNotThrowAnyException();
    }

    @Test
    void norIsASetInAnEvent() {
        assertThatThrownBy(() -> check(new Welcome(Set.of("a", "b", "c", "d"))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("so replicas would come to different states");
    }
}
