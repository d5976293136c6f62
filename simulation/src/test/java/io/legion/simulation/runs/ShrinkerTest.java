package io.legion.simulation.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.shard.ReplicaStatus;
import io.legion.simulation.checkers.Checker;
import io.legion.simulation.history.Chronicle;
import io.legion.simulation.history.EraHistory;
import io.legion.simulation.scene.Plan;
import io.legion.simulation.scene.Scene;
import io.legion.simulation.workload.MixedTypes;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// A run that is broken by a planted mistake is made as small as the mistake allows.
final class ShrinkerTest {
    private static final long ENOUGH = 5;
    private static final long LATE_MICROS = 2_000_000;

    @Test
    void machinesFaultsAndRequestsThatTheMistakeDoesNotNeedAreLeftOut() {
        Finding smallest = shrink(ManyFolds::new);
        assertThat(Scene.of(smallest.plan()).nodes().machines()).isEqualTo(1);
        assertThat(smallest.faults()).isZero();
        assertThat(smallest.requests()).isBetween(ENOUGH, 20L);
    }

    @Test
    void machinesThatTheMistakeNeedsStay() {
        Finding smallest = shrink(ThreeParticipants::new);
        assertThat(Scene.of(smallest.plan()).nodes().machines()).isEqualTo(3);
        assertThat(smallest.faults()).isZero();
        assertThat(smallest.requests()).isZero();
    }

    private static Finding shrink(Function<World, Checker> mistake) {
        Function<Plan, Finding> running =
                plan -> Runs.run(plan, MixedTypes.of(plan), (world, _) -> mistake.apply(world));
        Finding broken = LongStream.iterate(0, seed -> seed + 1)
                .filter(seed -> Scene.of(seed).nodes().machines() > 3
                        && Scene.of(seed).nodes().replicas() == 3)
                .mapToObj(seed -> running.apply(Plan.of(seed)))
                .filter(finding -> finding.breach() != null && finding.faults() > 0)
                .findFirst()
                .orElseThrow();
        Finding smallest = Shrinker.shrink(broken, running, _ -> {});
        assertThat(smallest.breach()).isNotNull();
        assertThat(running.apply(smallest.plan())).as("it can be run again").isEqualTo(smallest);
        return smallest;
    }

    /// Everything is well until some events have folded.
    private record ManyFolds(World world) implements Checker.OfFolds {
        @Override
        public void folded(Machine machine, EraHistory line, Chronicle.Folded folded, boolean news) {
            if (line.all().size() >= ENOUGH) {
                world.broken("Planted", "there are many");
            }
        }
    }

    private record ThreeParticipants(World world) implements Checker.OfLooks {
        @Override
        public void looked(Machine machine, int shard, ReplicaStatus status) {
            if (status.participants().size() == 3 && world.timeline.micros() > LATE_MICROS) {
                world.broken("Planted", "there are three");
            }
        }
    }
}
