package io.legion.admin.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.admin.ScriptedCluster;
import io.legion.admin.picture.EachNode;
import io.legion.admin.picture.Gatherer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A scripted cluster that is looked at, and what is found there.
abstract class Diagnosed {
    final ScriptedCluster cluster;
    private final Gatherer gatherer;
    Instant now = ScriptedCluster.NOW;

    Diagnosed(int size) {
        this.cluster = new ScriptedCluster(size, 4);
        this.gatherer =
                new Gatherer(new EachNode(cluster.operations(), Duration.ofSeconds(1), cluster.nanos::get), () -> now);
    }

    /// Time passes, and the clock shows it.
    void pass(long seconds) {
        now = now.plusSeconds(seconds);
        cluster.nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    List<Problem> found() {
        return Diagnosis.of(gatherer.gather());
    }

    /// What is found once all is as it is for longer than it takes the nodes to notice.
    List<Problem> foundLater() {
        found();
        pass(5);
        return found();
    }

    List<Cause> causes() {
        return found().stream().map(Problem::cause).toList();
    }

    Problem only(Cause cause) {
        var found = found();
        assertThat(found).extracting(Problem::cause).containsExactly(cause);
        var problem = found.getFirst();
        assertThat(problem.what()).endsWith(".");
        assertThat(problem.next()).isNotBlank();
        return problem;
    }
}
