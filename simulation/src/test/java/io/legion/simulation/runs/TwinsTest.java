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

/// R64: a second process on a copy of a running node's store is kept out and serves nothing, though callers ask it. If
/// it did, its answers would be missing in history.
final class TwinsTest {
    private static final int RUNS = 12;

    @Test
    void aSecondProcessOfARunningNodeIsKeptOutAndNothingIsBroken() {
        List<String> story = new ArrayList<>();
        LongStream.iterate(0, seed -> seed + 1)
                .filter(seed -> Scene.of(seed).nodes().whole() && !twins(seed).isEmpty())
                .limit(RUNS)
                .forEach(seed -> {
                    Finding finding = Runs.told(onlyTwins(seed), story::add, false);
                    assertThat(finding.breach()).as("seed %s", seed).isNull();
                });
        assertThat(story)
                .filteredOn(line -> line.contains("FAULT") && line.contains("TWIN"))
                .isNotEmpty();
        assertThat(story)
                .filteredOn(line -> line.contains("twin of") && line.contains("is kept out by"))
                .hasSameSizeAs(story.stream()
                        .filter(line -> line.contains("FAULT") && line.contains("TWIN"))
                        .toList());
        assertThat(story)
                .as("callers ask the second process")
                .anyMatch(line -> line.contains("twin of") && line.contains("is asked"));
    }

    private static List<PlannedFault> twins(long seed) {
        return Scene.of(seed).faults().stream()
                .filter(fault -> fault.kind() == PlannedFault.Kind.TWIN)
                .toList();
    }

    private static Plan onlyTwins(long seed) {
        var others = Scene.of(seed).faults().stream()
                .map(PlannedFault::number)
                .collect(Collectors.toCollection(TreeSet::new));
        twins(seed).forEach(twin -> others.remove(twin.number()));
        return Plan.of(seed).without(others);
    }
}
