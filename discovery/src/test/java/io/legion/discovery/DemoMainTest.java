package io.legion.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The demonstration as a process of its own.
class DemoMainTest {
    @TempDir
    private Path directory;

    @Test
    void severalNodesAreToldToComeLater() throws IOException {
        try (var demo = RunningProgram.start(directory, DemoMain.class, "--nodes", "3")) {
            assertThat(demo.exit()).isEqualTo(2);
            assertThat(demo.err()).contains("several nodes come with the cluster");
        }
    }

    @Test
    void wrongFlagsAndValuesAreRefused() throws IOException {
        try (var flag = RunningProgram.start(directory, DemoMain.class, "--node", "1");
                var store = RunningProgram.start(directory, DemoMain.class, "--store", "floppy");
                var port = RunningProgram.start(directory, DemoMain.class, "--base-port", "70000")) {
            assertThat(flag.exit()).isEqualTo(2);
            assertThat(flag.err()).contains("--nodes");
            assertThat(store.exit()).isEqualTo(2);
            assertThat(store.err()).contains("floppy");
            assertThat(port.exit()).isEqualTo(2);
            assertThat(port.err()).contains("--base-port must be between");
        }
    }

    @Test
    void itTellsTheAddressesAndOnSigtermLeavesNothingBehind() throws IOException {
        int base = FreePort.next() - 1;
        try (var demo = demo(base, "memory").await("Ctrl-C stops.")) {
            assertThat(demo.out()).contains("Node 1 is ready: http://127.0.0.1:" + (base + 1));
            var children = children(demo);
            assertThat(children).hasSize(1);
            assertThat(demo.terminate().exit()).isZero();
            assertThat(demo.out()).contains("Stopped.");
            assertThat(children).noneMatch(ProcessHandle::isAlive);
        }
    }

    @Test
    void whenItIsKilledItsNodesStopByThemselves() throws IOException {
        try (var demo = demo(FreePort.next() - 1, "rocksdb").await("Ctrl-C stops.")) {
            var children = children(demo);
            assertThat(children).hasSize(1);
            demo.kill();
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (children.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < end) {
                LockSupport.parkNanos(10_000_000);
            }
            assertThat(children).noneMatch(ProcessHandle::isAlive);
        }
    }

    private RunningProgram demo(int base, String store) throws IOException {
        return RunningProgram.start(
                directory, DemoMain.class, "--base-port", Integer.toString(base), "--store", store, "--data", "demo");
    }

    private static List<ProcessHandle> children(RunningProgram demo) {
        return demo.handle().children().toList();
    }
}
