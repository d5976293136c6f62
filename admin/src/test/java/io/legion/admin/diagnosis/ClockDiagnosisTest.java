package io.legion.admin.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.admin.ScriptedCluster;
import io.legion.admin.picture.EachNode;
import io.legion.admin.picture.Gatherer;
import io.legion.operations.ShardReport.Phase;
import io.legion.operations.ShardReport.Silence;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Clocks that are wrong, and those that are not.
class ClockDiagnosisTest extends Diagnosed {
    ClockDiagnosisTest() {
        super(3);
    }

    @Test
    void aClockThatIsFiveMinutesAheadIsWrong() {
        cluster.node(2).clockOffset = Optional.of(Duration.ofMinutes(5));
        cluster.node(2).silence =
                Optional.of(new Silence(Silence.Kind.CLOCK, "its clock is ahead", Duration.ofSeconds(10)));
        cluster.node(2).copy(0).is(Phase.PARTICIPATING);
        assertThat(only(Cause.CLOCK_WRONG).what()).contains("5 min ahead of").contains("accepts no requests");
    }

    @Test
    void aClockThatIsBehindIsWrongToo() {
        cluster.node(2).clockOffset = Optional.of(Duration.ofMinutes(-5));
        assertThat(only(Cause.CLOCK_WRONG).what()).contains("5 min behind");
    }

    @Test
    void aNodeThatIsRemovedFromAShardHasNoWrongClock() {
        cluster.node(2).silence =
                Optional.of(new Silence(Silence.Kind.REMOVAL, "it is being removed", Duration.ofSeconds(5)));
        cluster.node(2).copy(0).is(Phase.PARTICIPATING);
        assertThat(found()).isEmpty();
    }

    @Test
    void ofTwoClocksBothAreNamed() {
        var two = new ScriptedCluster(2, 4);
        two.node(2).clockOffset = Optional.of(Duration.ofMinutes(5));
        two.node(2).silence = Optional.of(new Silence(Silence.Kind.CLOCK, "its clock is ahead", Duration.ofSeconds(9)));
        var found =
                Diagnosis.of(new Gatherer(new EachNode(two.operations(), Duration.ofSeconds(1)), () -> now).gather());
        assertThat(found).extracting(Problem::cause).containsExactly(Cause.CLOCK_WRONG);
        var problem = found.getFirst();
        assertThat(problem.nodes())
                .containsExactly(two.node(1).id(), two.node(2).id());
        assertThat(problem.what())
                .contains("differ by 5 min")
                .contains("no third one")
                .contains(two.node(2).id() + " accepts no requests.");
    }

    @Test
    void ofThreeNodesOfWhichOneIsGoneTwoClocksAreLeft() {
        cluster.kill(3);
        cluster.node(2).clockOffset = Optional.of(Duration.ofMinutes(5));
        var found = found();
        assertThat(found).extracting(Problem::cause).containsExactly(Cause.NODE_UNREACHABLE, Cause.CLOCK_WRONG);
        assertThat(found.getLast().nodes())
                .containsExactly(cluster.node(1).id(), cluster.node(2).id());
    }
}
