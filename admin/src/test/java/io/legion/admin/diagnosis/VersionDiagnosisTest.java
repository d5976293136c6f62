package io.legion.admin.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.admin.ScriptedVersions;
import io.legion.operations.ShardReport.Phase;
import io.legion.operations.StoppedShard.Kind;
import io.legion.operations.VersionsReport;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// New versions of partition types: what they wait for, and who cannot take part any more.
class VersionDiagnosisTest extends Diagnosed {
    VersionDiagnosisTest() {
        super(3);
    }

    private String id(int node) {
        return cluster.node(node).id().toString();
    }

    @Test
    void aVersionThatIsActiveEverywhereIsNoProblem() {
        new ScriptedVersions(cluster, 2, 2, 2).active(2, 2).told();
        assertThat(found()).isEmpty();
    }

    @Test
    void aVersionThatWaitsForNodesNamesThemAndTheirReleases() {
        new ScriptedVersions(cluster, 2, 1, 2).told();
        var problem = only(Cause.VERSION_WAITS);
        assertThat(problem.what())
                .isEqualTo("Version 2 of the partition type 'account' is not active yet: it waits for " + id(2)
                        + ", which runs the release 'v1' with version 1.");
        assertThat(problem.next()).startsWith("Start the release that has it on these nodes");
        assertThat(problem.nodes()).containsExactly(cluster.node(2).id());
        assertThat(problem.evidence())
                .contains(id(3) + " runs the release 'v2' with the versions 1 to 2 of 'account'.");
    }

    @Test
    void aVersionThatIsHeldNamesWhoHoldsItAndHowToRaiseIt() {
        new ScriptedVersions(cluster, 2, 2, 2).held(3).told();
        var problem = only(Cause.VERSION_WAITS);
        assertThat(problem.what()).contains("is not active, though all nodes run it: it is held by " + id(3));
        assertThat(problem.next()).contains("./legion versions raise", "./legion versions release");
        new ScriptedVersions(cluster, 2, 1, 2).held(3).told();
        assertThat(only(Cause.VERSION_WAITS).what()).contains("it waits for " + id(2), "It is held by " + id(3));
    }

    @Test
    void aVersionThatIsActiveInSomeShardsRises() {
        new ScriptedVersions(cluster, 2, 2, 2).active(1, 2).told();
        assertThat(only(Cause.VERSION_WAITS).what())
                .isEqualTo(
                        "Version 2 of the partition type 'account' becomes active, one shard after the other; in some"
                                + " version 1 is active still.");
    }

    /// It has no shard yet, and so no version.
    @Test
    void aNodeWithoutShardsSaysNothingOfWhatIsActive() {
        new ScriptedVersions(cluster, 2, 2, 2).active(2, 2).told();
        var joins = cluster.node(3);
        joins.versions = new VersionsReport(
                List.of(),
                joins.versions.types().stream()
                        .map(type -> new VersionsReport.OfType(
                                type.type(), 0, 0, 0, type.newest(), type.lacking(), type.announced()))
                        .toList(),
                Optional.empty());
        for (int shard = 0; shard < 4; shard++) {
            joins.copy(shard).is(Phase.COPYING);
        }
        assertThat(causes()).doesNotContain(Cause.VERSION_WAITS);
    }

    @Test
    void indexesThatAreComputedAnewAreNamed() {
        new ScriptedVersions(cluster, 2, 2, 2).active(2, 2).indexing(4).told();
        assertThat(only(Cause.INDEXING).what()).contains("of 'account' in 12 copies of shards");
    }

    @Test
    void aNodeThatDoesNotAnswerAndWhoseReleaseIsTooOldIsKeptOutWithIt() {
        new ScriptedVersions(cluster, 2, 2, 1).active(2, 2).told();
        assertThat(causes()).as("while it answers it is in").doesNotContain(Cause.RELEASE_UNFIT);
        cluster.kill(3);
        var problems = found();
        assertThat(problems)
                .extracting(Problem::cause)
                .contains(Cause.RELEASE_UNFIT)
                .as("that its process is gone is no cause of its own")
                .doesNotContain(Cause.NODE_UNREACHABLE);
        var unfit = problems.stream()
                .filter(problem -> problem.cause() == Cause.RELEASE_UNFIT)
                .findFirst()
                .orElseThrow();
        assertThat(unfit.what())
                .contains(
                        id(3),
                        "said last that it runs the release 'v1' with version 1 of the partition type 'account'.",
                        "Version 2 is active");
        assertThat(unfit.next())
                .startsWith("Start a release there that runs version 2 of the partition type 'account'.")
                .contains("Do not eject the node");
        assertThat(unfit.shards()).isNotEmpty();
    }

    /// It had an empty store, say.
    @Test
    void aNodeWithoutShardsThatIsKeptOutMayBeEjected() {
        cluster.prefer(1, 2);
        new ScriptedVersions(cluster, 2, 2, 1).active(2, 2).told();
        cluster.kill(3);
        var unfit = found().stream()
                .filter(problem -> problem.cause() == Cause.RELEASE_UNFIT)
                .findFirst()
                .orElseThrow();
        assertThat(unfit.shards()).isEmpty();
        assertThat(unfit.next())
                .contains("The node has no shard of the cluster: eject it if it is not to come back.")
                .doesNotContain("Do not eject");
    }

    /// It may have gone before the others heard what it runs.
    @Test
    void ofANodeThatIsAwaySinceAVersionRoseItsLogMaySayWhy() {
        new ScriptedVersions(cluster, 2, 2, 2).active(2, 2).told();
        cluster.kill(3);
        assertThat(unreachable().next())
                .contains("If its log says that it is kept out for its release, start one there");
        new ScriptedVersions(cluster, 1, 1, 1).active(1, 1).told();
        assertThat(unreachable().next()).doesNotContain("release");
    }

    private Problem unreachable() {
        return found().stream()
                .filter(problem -> problem.cause() == Cause.NODE_UNREACHABLE)
                .findFirst()
                .orElseThrow();
    }

    /// The admin service of the node itself: it has left, so nothing else that it sees counts.
    @Test
    void aNodeThatIsKeptOutForItsReleaseNamesThatAsTheOnlyCause() {
        new ScriptedVersions(cluster, 1, 1, 1).active(0, 0).told();
        var self = cluster.node(1);
        self.versions = new VersionsReport(
                List.of(),
                self.versions.types(),
                Optional.of(new VersionsReport.Unfit("'account'", 2, "Version 2 is active in the cluster.")));
        for (int shard = 0; shard < 4; shard++) {
            self.stop(shard, Kind.RELEASE, "version 2 is part of the shard's history", false);
        }
        cluster.kill(2);
        cluster.kill(3);
        var problem = only(Cause.RELEASE_UNFIT);
        assertThat(problem.what())
                .contains(id(1), "is kept out for its release: version 2 of the partition type 'account' is active");
        assertThat(problem.next())
                .contains("Start a release there that runs version 2 of the partition type 'account'")
                .doesNotContain("salvage", "eject");
        assertThat(problem.shards()).hasSize(4);
        assertThat(problem.evidence()).containsExactly("Version 2 is active in the cluster.");
    }
}
