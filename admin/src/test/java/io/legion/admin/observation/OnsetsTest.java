package io.legion.admin.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.admin.ScriptedCluster;
import io.legion.admin.diagnosis.Cause;
import io.legion.admin.diagnosis.Problem;
import io.legion.admin.observation.LifeEvent.Kind;
import io.legion.core.NodeId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnsetsTest {
    private static final Instant FIRST = ScriptedCluster.NOW;
    private static final Instant LATER = FIRST.plusSeconds(5);

    private final LifeEvents life = new LifeEvents();
    private final Onsets onsets = new Onsets(life);

    private static Problem problem(Cause cause, long... nodes) {
        return new Problem(
                cause,
                "It is so.",
                "Look.",
                Optional.empty(),
                LongStream.of(nodes).mapToObj(NodeId::new).toList(),
                List.of(),
                List.of());
    }

    private List<Kind> told() {
        return life.after(0, 100).stream().map(LifeEvent::kind).toList();
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "MAJORITY_LOST",
                "EVENT_FAILS",
                "DIVERGENT",
                "COPYING",
                "REBALANCING_PAUSED",
                "VERSIONS_DIFFER",
                "REQUESTS_FORGOTTEN_EARLY",
                "FOLDING_WAITS"
            })
    void aProblemOfWhichThereIsOneIsTheSameWhicheverNodesItNames(Cause cause) {
        onsets.dated(FIRST, List.of(problem(cause, 1, 2)));
        var later = onsets.dated(LATER, List.of(problem(cause, 2, 3)));
        assertThat(later).extracting(Problem::since).containsExactly(Optional.of(FIRST));
        assertThat(told()).containsExactly(Kind.PROBLEM);
        onsets.dated(LATER, List.of());
        assertThat(told()).containsExactly(Kind.PROBLEM, Kind.PROBLEM_OVER);
    }

    @Test
    void aCutThatReachesFurtherIsTheSameOne() {
        onsets.dated(FIRST, List.of(problem(Cause.CUT_OFF_ONE_SIDED, 1, 2)));
        var later = onsets.dated(LATER, List.of(problem(Cause.CUT_OFF_ONE_SIDED, 1, 2, 3)));
        assertThat(later).extracting(Problem::since).containsExactly(Optional.of(FIRST));
        assertThat(told()).containsExactly(Kind.PROBLEM);
    }

    @Test
    void theSameCauseAtAnotherNodeIsAnotherProblem() {
        onsets.dated(FIRST, List.of(problem(Cause.STORE_FULL, 1)));
        var later = onsets.dated(LATER, List.of(problem(Cause.STORE_FULL, 1), problem(Cause.STORE_FULL, 2)));
        assertThat(later).extracting(Problem::since).containsExactly(Optional.of(FIRST), Optional.of(LATER));
        assertThat(told()).containsExactly(Kind.PROBLEM, Kind.PROBLEM);
    }
}
