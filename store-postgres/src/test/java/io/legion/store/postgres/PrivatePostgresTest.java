package io.legion.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.service.RecordingLogger;
import io.legion.store.postgres.server.PrivatePostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A private server leaves another one alone, and is left alone itself.
@Timeout(120)
final class PrivatePostgresTest {

    @TempDir
    private Path home;

    @Test
    void aSecondServerOnTheSameFilesIsRefusedAndTheFirstGoesOn() throws Exception {
        try (var first = open(0)) {
            assertThatThrownBy(() -> open(0))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("runs in " + home + " already, as the process " + first.pid())
                    .hasMessageContaining("It was left as it is");
            assertThat(ProcessHandle.of(first.pid())).isPresent();
        }
        assertThat(home.resolve("data/postmaster.pid")).doesNotExist();
    }

    /// As in a container that is started again: the numbers of its processes are the same ones each time.
    @Test
    void aServerThatWasKilledIsNotTakenForAliveBecauseAnotherProcessHasItsNumber() throws Exception {
        long pid;
        try (var first = open(0)) {
            pid = first.pid();
            kill(pid);
        }
        var file = home.resolve("data/postmaster.pid");
        var lines = Files.readString(file);
        assertThat(lines).startsWith(pid + "\n");
        Files.writeString(
                file,
                lines.replaceFirst(
                                "^\\d+", Long.toString(ProcessHandle.current().pid()))
                        .replaceFirst("(?m)^\\d{10}$", "1000000000"));
        try (var again = open(0)) {
            assertThat(again.pid()).isNotIn(pid, ProcessHandle.current().pid());
        }
    }

    @Test
    void aPortInUseIsNamedBeforeAnythingIsMade() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> open(other.getLocalPort()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("The port " + other.getLocalPort())
                    .hasMessageContaining("Nothing was started");
            assertThat(home).isEmptyDirectory();
        }
    }

    private static void kill(long pid) {
        var server = ProcessHandle.of(pid).orElseThrow();
        var all = server.descendants().toList();
        server.destroyForcibly();
        server.onExit().join();
        all.forEach(process -> process.onExit().join());
    }

    private PrivatePostgres open(int port) throws IOException {
        return PrivatePostgres.open(
                new PrivatePostgres.Config(home, TestPrograms.unpacked(), port, Map.of()), RecordingLogger.open());
    }
}
