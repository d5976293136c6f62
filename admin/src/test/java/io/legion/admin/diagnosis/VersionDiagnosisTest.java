package io.legion.admin.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.admin.ScriptedVersions;
import io.legion.operations.ShardReport.Phase;
import io.legion.operations.VersionsReport;
import java.util.List;
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
                        .toList());
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
        var unfit = found().stream()
                .filter(problem -> problem.cause() == Cause.RELEASE_UNFIT)
                .toList();
        assertThat(unfit).hasSize(1);
        assertThat(unfit.getFirst().what())
                .contains(id(3)
                        + " runs the release 'v1' with version 1 of the partition type 'account', and version 2 is");
        assertThat(unfit.getFirst().next()).contains("Start a release there that runs version 2.");
    }
}
