package io.legion.admin.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Nodes that are gone, stand still, have too much to do, or are cut off.
class ReachDiagnosisTest extends Diagnosed {
    ReachDiagnosisTest() {
        super(3);
    }

    @Test
    void aNodeThatNobodyReachesIsUnreachable() {
        cluster.kill(3);
        var problem = only(Cause.NODE_UNREACHABLE);
        assertThat(problem.nodes()).containsExactly(cluster.node(3).id());
        assertThat(problem.shards()).containsExactly(0, 1, 2, 3);
        assertThat(problem.next()).contains("./legion eject " + cluster.node(3).id());
        assertThat(problem.evidence()).hasSize(2).allMatch(sign -> sign.contains("last heard of it 60 s ago"));
    }

    @Test
    void aProcessThatIsGoneIsToldFromOneThatStandsStill() throws Exception {
        cluster.kill(3);
        try (var port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            cluster.node(3).address = "127.0.0.1:" + port.getLocalPort();
            assertThat(after("stands still").what()).contains("stands still");
        }
    }

    @Test
    void aProcessWhosePortRefusesIsGoneOrBehindAFirewall() throws Exception {
        cluster.node(3).address = "127.0.0.1:" + closedPort();
        cluster.kill(3);
        var problem = after("Nothing answers at its port: its process is gone, or a firewall refuses.");
        assertThat(problem.next()).startsWith("Start it again").contains("firewall");
    }

    private static int closedPort() throws IOException {
        try (var port = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return port.getLocalPort();
        }
    }

    /// The first look at an address is behind the picture that asks for it.
    private Problem after(String words) {
        var problem = only(Cause.NODE_UNREACHABLE);
        while (!problem.what().contains(words)) {
            Thread.onSpinWait(); // the test's own time limit ends it
            problem = only(Cause.NODE_UNREACHABLE);
        }
        return problem;
    }

    @Test
    void withTwoOfThreeGoneTheMajorityIsLost() {
        cluster.kill(2);
        cluster.kill(3);
        var found = found();
        assertThat(found)
                .extracting(Problem::cause)
                .containsExactly(Cause.NODE_UNREACHABLE, Cause.NODE_UNREACHABLE, Cause.MAJORITY_LOST);
        assertThat(found.getLast().shards()).containsExactly(0, 1, 2, 3);
        assertThat(found.getLast().next()).contains("force --dry-run");
        assertThat(found.getFirst().what()).contains("it may be the one that is cut off");
    }

    @Test
    void aMajorityThatIsCutInTwoIsNotForced() {
        cluster.prefer(2, 3);
        cluster.cut(cluster.node(2), cluster.node(3));
        var lost = foundLater().stream()
                .filter(problem -> problem.cause() == Cause.MAJORITY_LOST)
                .toList();
        assertThat(lost).hasSize(1);
        assertThat(lost.getFirst().next())
                .contains("Look at the network")
                .contains("others still hear " + cluster.node(3).id())
                .doesNotContain("force");
    }

    @Test
    void aNodeThatTakesPartAndDoesNotSayHowItIsIsNotUnreachable() {
        cluster.node(2).answers = false;
        var problem = only(Cause.NODE_NOT_ANSWERING);
        assertThat(problem.nodes()).containsExactly(cluster.node(2).id());
        assertThat(problem.next()).contains("Do not eject").doesNotContain("./legion eject");
        assertThat(problem.evidence().getFirst()).contains("did not answer");
    }

    @Test
    void aNodeThatCannotSayHowItIsIsNamedWithTheReasonAndTheOthersAreKnown() {
        cluster.node(2).fails = Optional.of(new IllegalStateException("a broken report"));
        assertThat(only(Cause.NODE_NOT_ANSWERING).evidence().getFirst()).contains("a broken report");
        cluster.node(2).fails = Optional.empty();
        cluster.node(1).fails = Optional.of(new IllegalStateException("a broken report"));
        assertThat(only(Cause.NODE_NOT_ANSWERING).nodes())
                .containsExactly(cluster.node(1).id());
    }

    @Test
    void aProcessThatStandsStillIsUnreachableThoughTheClusterServiceHasNotNoticed() {
        cluster.node(3).answers = false;
        cluster.node(3).unheard = Duration.ofSeconds(3);
        only(Cause.NODE_NOT_ANSWERING);
        cluster.node(3).unheard = Duration.ofSeconds(5);
        var problem = only(Cause.NODE_UNREACHABLE);
        assertThat(problem.what()).contains("no sign of life");
        assertThat(problem.evidence()).hasSize(2).allMatch(sign -> sign.contains("last heard of it 5 s ago"));
    }

    @Test
    void aNodeThatIsKilledIsNotCutOffWhileSomeNoticeLaterThanOthers() {
        foundLater();
        cluster.node(3).answers = false;
        cluster.node(3).unheard = Duration.ofSeconds(5);
        cluster.cut(cluster.node(1), cluster.node(3)); // and 2 still takes it for reachable
        foundLater();
        only(Cause.NODE_UNREACHABLE);
    }

    @Test
    void whileANodeIsKilledNothingElseIsSaidThatIsCritical() {
        foundLater();
        cluster.node(1).copy(1).waitsFor(cluster.node(3), Duration.ofSeconds(20));
        cluster.kill(3);
        foundLater();
        only(Cause.NODE_UNREACHABLE);
    }

    @Test
    void aCutBetweenTwoThatAThirdOneReachesIsOneSided() {
        cluster.cut(cluster.node(2), cluster.node(3));
        foundLater();
        var problem = only(Cause.CUT_OFF_ONE_SIDED);
        assertThat(problem.nodes())
                .containsExactly(cluster.node(2).id(), cluster.node(3).id());
        assertThat(problem.next()).contains("Eject none");
    }

    @Test
    void aNodeThatAloneDoesNotReachAPeerIsCutOffWithIt() {
        cluster.node(2).cutFrom.add(cluster.node(3).id());
        foundLater();
        assertThat(only(Cause.CUT_OFF_ONE_SIDED).nodes())
                .containsExactly(cluster.node(2).id(), cluster.node(3).id());
    }

    @Test
    void aCutBetweenTheOneThatLooksAndAnotherIsOneSidedToo() {
        cluster.cut(cluster.node(1), cluster.node(3));
        foundLater();
        only(Cause.CUT_OFF_ONE_SIDED);
    }

    @Test
    void aNodeThatNeverHeardOfAnotherIsBlindOnceThatIsKnownForAWhile() {
        cluster.node(2).cutFrom.add(cluster.node(3).id());
        cluster.node(2).strangers.add(cluster.node(3).id());
        assertThat(found()).isEmpty();
        pass(3);
        assertThat(found()).isEmpty();
        pass(2);
        assertThat(only(Cause.CUT_OFF_ONE_SIDED).evidence()).anyMatch(sign -> sign.contains("never heard of"));
    }

    @Test
    void whoComesBackIsNotCutOffFromThoseWhoHaveNotNoticedYet() {
        foundLater();
        cluster.kill(3);
        foundLater();
        cluster.node(3).answers = true;
        cluster.node(1).cutFrom.clear();
        assertThat(causes()).isEmpty();
        pass(5);
        only(Cause.CUT_OFF_ONE_SIDED);
    }

    @Test
    void eventsThatWaitBecauseOfACutAreNoProblemOfTheirOwn() {
        cluster.cut(cluster.node(2), cluster.node(3));
        cluster.node(1).copy(1).waitsFor(cluster.node(2), Duration.ofSeconds(20));
        foundLater();
        only(Cause.CUT_OFF_ONE_SIDED);
    }
}
