package io.legion.simulation.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.simulation.scene.Scene;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// A run can be repeated: the same seed gives the same story, every message included, in another process too.
final class SameSeedSameTraceTest {
    /// How many seeds are told here and in a process of their own, half of them of lanes, half of whole nodes.
    private static final int TRACES = Integer.getInteger("legion.traces", 2);

    @Test
    void theSameSeedTellsTheSameStoryInEveryProcess() throws Exception {
        for (long seed : seeds()) {
            assertThat(hashInAnotherProcess(seed))
                    .as("seed " + seed)
                    .matches("-?\\d+ lines -?\\d+")
                    .isEqualTo(TraceHash.of(seed));
        }
    }

    private static long[] seeds() {
        long[] lanes = LongStream.iterate(0, seed -> seed + 1)
                .filter(seed -> !Scene.of(seed).nodes().whole())
                .limit((TRACES + 1) / 2)
                .toArray();
        long[] nodes = LongStream.iterate(0, seed -> seed + 1)
                .filter(seed -> Scene.of(seed).nodes().whole())
                .limit(TRACES / 2)
                .toArray();
        return LongStream.concat(LongStream.of(lanes), LongStream.of(nodes)).toArray();
    }

    @Test
    void anotherSeedTellsAnotherStory() {
        assertThat(TraceHash.of(7)).isNotEqualTo(TraceHash.of(8));
    }

    private static String hashInAnotherProcess(long seed) throws IOException, InterruptedException {
        var process = new ProcessBuilder(List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("jdk.module.path", "") + java.io.File.pathSeparator
                                + System.getProperty("java.class.path")
                                + java.io.File.pathSeparator + "target/classes" + java.io.File.pathSeparator
                                + "target/test-classes",
                        TraceHash.class.getName(),
                        Long.toString(seed)))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
