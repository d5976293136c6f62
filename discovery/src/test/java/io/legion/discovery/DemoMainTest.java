package io.legion.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The demonstration as a process of its own.
class DemoMainTest {
    @TempDir
    private Path directory;

    @Test
    void wrongFlagsAndValuesAreRefused() throws IOException {
        try (var flag = RunningProgram.start(directory, DemoMain.class, "--node", "1");
                var store = RunningProgram.start(directory, DemoMain.class, "--store", "floppy");
                var port = RunningProgram.start(directory, DemoMain.class, "--base-port", "70000");
                var nodes = RunningProgram.start(directory, DemoMain.class, "--nodes", "10")) {
            assertThat(flag.exit()).isEqualTo(2);
            assertThat(flag.err()).contains("--nodes");
            assertThat(store.exit()).isEqualTo(2);
            assertThat(store.err()).contains("floppy");
            assertThat(port.exit()).isEqualTo(2);
            assertThat(port.err()).contains("--base-port must be between");
            assertThat(nodes.exit()).isEqualTo(2);
            assertThat(nodes.err()).contains("--nodes must be 1 to 9, not 10");
        }
    }

    @Test
    void oneNodeIsEnough() throws IOException {
        int base = FreePort.base(1);
        try (var demo = demo(base, "--store", "memory", "--nodes", "1").await("Ctrl-C stops.")) {
            assertThat(demo.out()).contains("Node 1: http://127.0.0.1:" + (base + 1));
            var children = children(demo);
            assertThat(children).hasSize(1);
            assertThat(demo.terminate().exit()).isZero();
            assertThat(demo.out()).contains("Stopped.");
            assertThat(children).noneMatch(ProcessHandle::isAlive);
        }
    }

    @Test
    void whenItIsKilledItsNodesStopByThemselves() throws IOException {
        try (var demo = demo(FreePort.base(1), "--nodes", "1").await("Ctrl-C stops.")) {
            var children = children(demo);
            assertThat(children).hasSize(1);
            demo.kill();
            Eventually.until("they have stopped", () -> children.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void aPortInUseIsToldBeforeAnythingIsStarted() throws IOException {
        int base = FreePort.base(3);
        try (var other = new ServerSocket(base - 998, 1, InetAddress.getLoopbackAddress());
                var demo = demo(base)) {
            assertThat(demo.exit()).isEqualTo(1);
            assertThat(demo.err()).contains("The port " + other.getLocalPort(), "node 2", "--base-port");
            assertThat(directory.resolve("demo")).doesNotExist();
        }
    }

    @Test
    void whenOneNodeCanNotStartItsLogIsShownAndNoneIsLeft() throws IOException {
        var store = Files.createDirectories(directory.resolve("demo/node-2/store"));
        Files.writeString(store.resolve("letter.txt"), "not a store");
        try (var demo = demo(FreePort.base(3))) {
            var children = new ArrayList<ProcessHandle>();
            Eventually.until("nodes were started", () -> {
                children.addAll(children(demo));
                return children.stream().distinct().count() >= 3;
            });
            assertThat(demo.exit()).isEqualTo(1);
            assertThat(demo.err()).contains("node 2", "is not a Legion store", "letter.txt");
            assertThat(children).noneMatch(ProcessHandle::isAlive);
        }
    }

    private RunningProgram demo(int base, String... more) throws IOException {
        var arguments = new ArrayList<>(List.of("--base-port", Integer.toString(base), "--data", "demo"));
        arguments.addAll(List.of(more));
        return RunningProgram.start(directory, DemoMain.class, arguments.toArray(String[]::new));
    }

    private static List<ProcessHandle> children(RunningProgram demo) {
        return demo.handle().children().toList();
    }
}
