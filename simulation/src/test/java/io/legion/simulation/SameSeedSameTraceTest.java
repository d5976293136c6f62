package io.legion.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A run can be repeated: the same seed gives the same story, every message included, in another process too.
final class SameSeedSameTraceTest {
    private static final int TIMES = Integer.getInteger("legion.repetitions", 2);

    private static final long LANES = 1;
    private static final long WHOLE_NODES = 3;

    @Test
    void theSameSeedTellsTheSameStoryInEveryProcess() throws Exception {
        for (long seed : new long[] {LANES, WHOLE_NODES}) {
            String first = hashInAnotherProcess(seed);
            assertThat(first).matches("-?\\d+ lines -?\\d+");
            for (int i = 1; i < TIMES; i++) {
                assertThat(hashInAnotherProcess(seed)).isEqualTo(first);
            }
        }
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
                        "io.legion.simulation.TraceHash",
                        Long.toString(seed)))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
