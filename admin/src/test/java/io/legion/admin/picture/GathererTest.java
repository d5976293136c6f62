package io.legion.admin.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.admin.ScriptedCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GathererTest {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ScriptedCluster cluster = new ScriptedCluster(3, 2);
    private Instant now = ScriptedCluster.NOW;
    private final Gatherer gatherer =
            new Gatherer(new EachNode(cluster.operations(), PATIENCE, cluster.nanos::get), () -> now);

    private NodePicture node(int number) {
        return gatherer.gather().node(cluster.node(number).id()).orElseThrow();
    }

    @Test
    void aNodeThatAnswersEachQuestionJustInTimeTakesNoMoreThanOnePatience() {
        cluster.node(2).takes = Duration.ofMillis(900);
        var slow = node(2);
        assertThat(slow.facts()).isEmpty();
        assertThat(slow.why()).contains("did not answer");
        assertThat(Duration.ofNanos(cluster.nanos.get())).isLessThanOrEqualTo(PATIENCE);
    }

    @Test
    void aNodeThatIsQuickEnoughForAllQuestionsIsKnown() {
        cluster.node(2).takes = Duration.ofMillis(150);
        assertThat(node(2).facts()).isPresent();
    }

    @Test
    void aNodeThatFailsIsNotKnownAndTheOthersAre() {
        cluster.node(2).fails = Optional.of(new IllegalStateException("a broken report"));
        var picture = gatherer.gather();
        assertThat(picture.node(cluster.node(2).id()).orElseThrow().why()).contains("a broken report");
        assertThat(picture.known().map(NodePicture::node))
                .containsExactly(cluster.node(1).id(), cluster.node(3).id());
    }

    @Test
    void aNodeIsSteadyAsLongAsItAnswersSinceTheSameStart() {
        assertThat(node(2).steady()).isZero();
        pass(3);
        assertThat(node(2).steady()).isEqualTo(Duration.ofSeconds(3));
        cluster.node(2).started = now;
        assertThat(node(2).steady()).isZero();
        pass(2);
        cluster.node(2).answers = false;
        assertThat(node(2).steady()).isZero();
        pass(2);
        assertThat(node(2).steady()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aNodeIsSteadyHoweverTheClockIsSet() {
        assertThat(node(2).steady()).isZero();
        pass(3);
        now = now.minusSeconds(60);
        assertThat(node(2).steady()).isEqualTo(Duration.ofSeconds(3));
        now = now.plusSeconds(600);
        assertThat(node(2).steady()).isEqualTo(Duration.ofSeconds(3));
    }

    private void pass(long seconds) {
        cluster.nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }
}
