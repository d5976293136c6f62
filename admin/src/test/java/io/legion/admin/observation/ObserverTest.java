package io.legion.admin.observation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.admin.ScriptedCluster;
import io.legion.admin.diagnosis.Cause;
import io.legion.admin.diagnosis.Problem;
import io.legion.admin.observation.LifeEvent.Kind;
import io.legion.admin.picture.EachNode;
import io.legion.admin.picture.Gatherer;
import io.legion.admin.picture.NodePicture;
import io.legion.operations.MemberReport.Status;
import io.legion.service.RecordingLogger;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ObserverTest {
    private final ScriptedCluster cluster = new ScriptedCluster(3, 4);
    private final RecordingLogger logger = RecordingLogger.open();
    private volatile Instant now = ScriptedCluster.NOW;
    private final Observer observer =
            Observer.open(new Gatherer(new EachNode(cluster.operations(), Duration.ofSeconds(1)), () -> now), logger);

    @AfterEach
    void close() {
        observer.close();
        logger.close();
    }

    @Test
    void manyWhoAskAtOnceShareOneLook() {
        Set<Observation> seen = ConcurrentHashMap.newKeySet();
        observer.anew();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 100).forEach(_ -> threads.execute(() -> seen.add(observer.now())));
        }
        assertThat(seen.stream().map(System::identityHashCode).distinct()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void whatHappensIsToldOnceAndProblemsHaveABeginningAndAnEnd() {
        observer.anew();
        cluster.kill(3);
        now = now.plusSeconds(1);
        observer.anew();
        now = now.plusSeconds(9);
        assertThat(observer.anew().problems().getFirst())
                .extracting(Problem::since)
                .isEqualTo(java.util.Optional.of(ScriptedCluster.NOW.plusSeconds(1)));
        assertThat(kinds()).containsExactly(Kind.NODE_LOST, Kind.SHARDS_CHANGED, Kind.PROBLEM);
        cluster.node(3).answers = true;
        cluster.nodes().forEach(node -> node.cutFrom.clear());
        observer.anew();
        assertThat(kinds()).endsWith(Kind.NODE_BACK, Kind.SHARDS_CHANGED, Kind.PROBLEM_OVER);
    }

    private java.util.List<Kind> kinds() {
        return observer.life().after(0, 100).stream().map(LifeEvent::kind).toList();
    }

    @Test
    void membersThatComeAndGoAreTold() {
        observer.anew();
        cluster.node(2).status = Status.LEAVING;
        observer.anew();
        cluster.node(2).status = Status.GONE;
        cluster.node(3).started = now.minusSeconds(100);
        observer.anew();
        assertThat(kinds()).contains(Kind.NODE_LEAVING, Kind.NODE_LEFT, Kind.NODE_RESTARTED);
    }

    @Test
    void onlyTheLastEventsAreKept() {
        var life = new LifeEvents();
        for (int i = 1; i <= LifeEvents.KEPT + 5; i++) {
            life.add(now, Kind.PROBLEM, "no " + i, java.util.Optional.empty(), java.util.Optional.empty());
        }
        assertThat(life.after(0, 5_000)).hasSize(LifeEvents.KEPT);
        assertThat(life.after(0, 1).getFirst().number()).isEqualTo(6);
        assertThat(life.after(LifeEvents.KEPT + 4, 10))
                .extracting(LifeEvent::what)
                .containsExactly("no 1005");
    }

    @Test
    void aLookThatFailsIsFollowedByOthers() {
        observer.anew();
        cluster.node(1).answers = false;
        assertThatThrownBy(observer::anew).hasMessageContaining("did not answer");
        cluster.node(1).answers = true;
        assertThat(observer.anew().problems()).isEmpty();
        logger.allow(io.legion.service.Logger.Priority.WARNING, "could not be looked at");
    }

    @Test
    @Timeout(60)
    void whileThisNodeHangsTheClusterIsShownAsItWas() {
        assertThat(observer.anew().problems()).isEmpty();
        cluster.node(1).hangs();
        try {
            var old = observer.now(); // of the last look, as long as that is fresh
            while (!self(old).why().contains("as it was at " + ScriptedCluster.NOW)) {
                old = observer.now();
            }
            assertThat(self(old).facts()).isEmpty();
            assertThat(self(old).why()).contains("does nothing: a write to its store may hang");
            assertThat(old.picture().known()).hasSize(2);
            assertThat(old.problems()).extracting(Problem::cause).containsExactly(Cause.NODE_NOT_ANSWERING);
            assertThatThrownBy(observer::anew).hasMessageContaining("does nothing");
        } finally {
            cluster.node(1).goesOn();
        }
        while (self(observer.now()).facts().isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(observer.now().problems()).isEmpty();
        assertThat(kinds()).containsSubsequence(Kind.PROBLEM, Kind.PROBLEM_OVER);
    }

    private static NodePicture self(Observation observation) {
        return observation.picture().nodes().getFirst();
    }

    @Test
    @Timeout(60)
    void itIsClosedThoughALookDoesNotEnd() {
        observer.anew();
        cluster.node(2).hangs();
        try {
            while (!cluster.node(2).isWaitedFor()) {
                Thread.onSpinWait();
            }
            assertThat(CompletableFuture.runAsync(observer::close)).succeedsWithin(Duration.ofSeconds(20));
        } finally {
            cluster.node(2).goesOn();
        }
    }
}
