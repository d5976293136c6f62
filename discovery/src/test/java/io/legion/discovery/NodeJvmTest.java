package io.legion.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeJvmTest {
    private static List<String> collectors(String... own) {
        return NodeJvm.command(List.of(own), Path.of("node-1.yaml")).stream()
                .filter(option -> option.matches("-XX:.Use\\w+GC"))
                .toList();
    }

    @Test
    void aNodeThatIsOutOfMemoryEnds() {
        assertThat(NodeJvm.command(List.of(), Path.of("node-1.yaml"))).contains("-XX:+ExitOnOutOfMemoryError");
    }

    @Test
    void aNodeRunsWithG1WhateverItsHeap() {
        assertThat(collectors()).containsExactly("-XX:+UseG1GC");
        assertThat(collectors("-Xmx1g", "-XX:+UseAdaptiveSizePolicyWithSystemGC"))
                .containsExactly("-XX:+UseG1GC");
    }

    @Test
    void aNodeRunsWithTheCollectorThatTheDemonstrationWasGiven() {
        assertThat(collectors("-Xmx1g", "-XX:+UseParallelGC")).containsExactly("-XX:+UseParallelGC");
        assertThat(collectors("-XX:-UseG1GC")).containsExactly("-XX:-UseG1GC");
    }
}
