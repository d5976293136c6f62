package io.legion.simulation.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.simulation.scene.Plan;
import io.legion.simulation.scene.PlannedFault;
import io.legion.simulation.scene.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// R76: what a node can no longer read of a shard is made anew by itself; whatever the damaged copy had
/// accepted alone is in history.
final class DamagedCopiesTest {
    private static final int RUNS = 12;

    @Test
    void aDamagedCopyIsMadeAnewAndNothingIsLost() {
        List<String> story = new ArrayList<>();
        LongStream.iterate(0, seed -> seed + 1)
                .filter(seed -> Scene.of(seed).nodes().whole() && !damages(seed).isEmpty())
                .limit(RUNS)
                .forEach(seed -> {
                    Finding finding = Runs.told(onlyDamages(seed), story::add, false);
                    assertThat(finding.breach()).as("seed %s", seed).isNull();
                });
        assertThat(lines(story, "FAULT", "DAMAGED_COPY")).isNotEmpty();
        assertThat(lines(story, "had stopped here was dropped")).hasSameSizeAs(lines(story, "FAULT", "DAMAGED_COPY"));
        assertThat(lines(story, "says that shards have stopped there"))
                .hasSizeGreaterThanOrEqualTo(
                        2 * lines(story, "FAULT", "DAMAGED_COPY").size());
    }

    private static List<String> lines(List<String> story, String... parts) {
        return story.stream()
                .filter(line -> List.of(parts).stream().allMatch(line::contains))
                .toList();
    }

    private static List<PlannedFault> damages(long seed) {
        return Scene.of(seed).faults().stream()
                .filter(fault -> fault.kind() == PlannedFault.Kind.DAMAGED_COPY)
                .toList();
    }

    private static Plan onlyDamages(long seed) {
        var others = Scene.of(seed).faults().stream()
                .map(PlannedFault::number)
                .collect(Collectors.toCollection(TreeSet::new));
        damages(seed).forEach(damage -> others.remove(damage.number()));
        return Plan.of(seed).without(others);
    }
}
