package io.legion.admin.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.operations.NodeReport.StoreReport;
import io.legion.operations.ShardReport.Phase;
import io.legion.operations.StoppedShard;
import io.legion.operations.StoppedShard.Kind;
import org.junit.jupiter.api.Test;

/// Stores that take nothing, cannot be read or are old, and copies that have stopped.
class StoreDiagnosisTest extends Diagnosed {
    StoreDiagnosisTest() {
        super(3);
    }

    @Test
    void aFullStoreIsNoFailedOne() {
        cluster.node(2).store = new StoreReport(StoreReport.State.FULL, "no room for 5 MiB");
        cluster.node(2).stop(1, StoppedShard.Kind.STORE_FULL, "the store is full: no room", false);
        var problem = only(Cause.STORE_FULL);
        assertThat(problem.evidence()).containsExactly("no room for 5 MiB");
        assertThat(problem.shards()).containsExactly(1);
    }

    @Test
    void aStoreThatTakesNoWritesHasFailed() {
        cluster.node(2).store = new StoreReport(StoreReport.State.FAILED, "an I/O error");
        cluster.node(2).stop(1, StoppedShard.Kind.STORE_FAILED, "the store failed: an I/O error", false);
        only(Cause.STORE_FAILED);
    }

    @Test
    void aWriteThatMetADamagedFileMeansADamagedStoreAndNothingElse() {
        cluster.node(2).store = new StoreReport(StoreReport.State.DAMAGED, "a block is damaged");
        cluster.node(2).stop(1, StoppedShard.Kind.UNREADABLE, "the store failed: a block is damaged", false);
        cluster.node(2).stop(2, StoppedShard.Kind.OTHER, "it could not go on", false);
        var problem = only(Cause.STORE_DAMAGED);
        assertThat(problem.shards()).containsExactly(1, 2);
        assertThat(problem.next())
                .contains("empty one")
                .contains("eject " + cluster.node(2).id());
    }

    @Test
    void aStoreThatGoesOnThoughATableIsDamagedIsNamedOnce() {
        cluster.node(2).store = new StoreReport(StoreReport.State.OK, "these tables are damaged: [000007.sst]");
        var problem = only(Cause.STORE_DAMAGED);
        assertThat(problem.evidence()).containsExactly("these tables are damaged: [000007.sst]");
        assertThat(problem.next()).contains("replaceDamaged");

        cluster.node(2).stop(1, StoppedShard.Kind.UNREADABLE, "it could not be opened: a block is damaged", false);
        assertThat(only(Cause.STORE_DAMAGED).shards()).containsExactly(1);
    }

    @Test
    void aShardThatCannotBeReadMeansADamagedStore() {
        cluster.node(2).stop(1, StoppedShard.Kind.UNREADABLE, "it could not be opened: a block is damaged", true);
        assertThat(only(Cause.STORE_DAMAGED).next()).contains("./legion salvage");
    }

    @Test
    void aCopyThatDivergedMeansAnImpureApply() {
        cluster.node(3).copy(2).is(Phase.DIVERGED);
        cluster.node(3)
                .stopped
                .add(new StoppedShard(cluster.node(3).id(), 2, StoppedShard.Kind.DIVERGED, "it differs", true));
        var problem = only(Cause.DIVERGENT);
        assertThat(problem.nodes()).containsExactly(cluster.node(3).id());
        assertThat(problem.shards()).containsExactly(2);
        assertThat(problem.evidence()).singleElement().asString().endsWith(": shard 2: it differs");
    }

    @Test
    void aCopyThatStoppedForAnotherReasonIsNoDamagedStore() {
        cluster.node(2).stop(1, Kind.OTHER, "an invariant does not hold", true);
        var problem = only(Cause.COPY_STOPPED);
        assertThat(problem.what()).startsWith("Copies have stopped on").doesNotContain("damaged");
        assertThat(problem.evidence()).containsExactly("an invariant does not hold");
        assertThat(problem.next()).contains("./legion salvage");
        assertThat(problem.shards()).containsExactly(1);
    }

    @Test
    void aStoreThatTakesNothingExplainsWhateverStoppedThere() {
        cluster.node(2).stop(1, Kind.UNREADABLE, "it could not be opened", false);
        cluster.node(2).stop(2, Kind.OTHER, "it could not go on", false);
        cluster.node(2).store = new StoreReport(StoreReport.State.FAILED, "an I/O error");
        var failed = only(Cause.STORE_FAILED);
        assertThat(failed.shards()).containsExactly(1, 2);
        assertThat(failed.evidence()).containsExactly("an I/O error", "it could not be opened", "it could not go on");
        cluster.node(2).store = new StoreReport(StoreReport.State.FULL, "no room");
        assertThat(only(Cause.STORE_FULL).shards()).containsExactly(1, 2);
    }

    @Test
    void aCopyThatWaitsForRoomThatIsThereAgainIsStillNamed() {
        cluster.node(2).stop(1, Kind.STORE_FULL, "the store was full", false);
        assertThat(only(Cause.STORE_FULL).evidence()).containsExactly("the store was full");
    }
}
