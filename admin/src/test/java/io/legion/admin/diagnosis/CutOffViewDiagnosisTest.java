package io.legion.admin.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What a node sees of shards in which it takes no part, and from whose participants it is cut off.
class CutOffViewDiagnosisTest extends Diagnosed {
    CutOffViewDiagnosisTest() {
        super(5);
        cluster.prefer(3, 4, 5);
        cluster.nodes().subList(0, 2).forEach(node -> node.shards.clear());
        cluster.nodes().subList(3, 5).forEach(node -> cluster.cut(cluster.node(1), node));
    }

    @Test
    void theMajorityThatReachesEachOtherIsNotLost() {
        assertThat(foundLater()).extracting(Problem::cause).containsExactly(Cause.CUT_OFF_ONE_SIDED);
    }

    @Test
    void aMajorityThatIsLostForAllIsLost() {
        cluster.kill(4);
        cluster.kill(5);
        foundLater();
        var lost = found().getLast();
        assertThat(lost.cause()).isEqualTo(Cause.MAJORITY_LOST);
        assertThat(lost.nodes())
                .containsExactly(cluster.node(4).id(), cluster.node(5).id());
        assertThat(lost.next()).contains("force --dry-run");
    }
}
