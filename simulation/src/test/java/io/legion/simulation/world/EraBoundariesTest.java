package io.legion.simulation.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.shard.VersionBoundary;
import java.util.List;
import org.junit.jupiter.api.Test;

class EraBoundariesTest {
    private static final int TYPE = 7;
    private static final VersionBoundary FIRST = new VersionBoundary(TYPE, 1, 0);
    private static final VersionBoundary SECOND = new VersionBoundary(TYPE, 2, 100);
    private static final VersionBoundary THIRD = new VersionBoundary(TYPE, 3, 200);

    private final EraBoundaries eras = new EraBoundaries();

    private int version(long era, long time) {
        return eras.of(era).version(TYPE, time, 9);
    }

    /// R86: two eras raise one version at different times, and neither counts in the other.
    @Test
    void whatAnEraRaisesIsItsOwn() {
        List.of(FIRST, SECOND, THIRD).forEach(eras.of(0)::add);
        eras.begin(5, 0, List.of(SECOND)); // It has forgotten the first one (R85), and never had the third.
        assertThat(version(5, 100)).isEqualTo(1);
        assertThat(version(5, 300)).isEqualTo(2);
        assertThat(eras.of(5).add(new VersionBoundary(TYPE, 3, 250))).isTrue();
        assertThat(version(5, 220)).isEqualTo(2);
        assertThat(version(0, 220)).isEqualTo(3);
        assertThat(eras.highest(TYPE, 9)).isEqualTo(3);
    }

    /// I13: within an era there is one boundary for each version, and versions rise.
    @Test
    void oneEraHasOneBoundaryOfAVersion() {
        List.of(FIRST, SECOND).forEach(eras.of(0)::add);
        assertThat(eras.of(0).add(new VersionBoundary(TYPE, 2, 150))).isFalse();
    }

    /// A type that the era does not have yet.
    @Test
    void aTypeThatTheForcingReplicaLackedIsNotInItsEra() {
        eras.of(0).add(SECOND);
        eras.begin(5, 0, List.of());
        assertThat(version(5, 300)).isEqualTo(9);
    }
}
