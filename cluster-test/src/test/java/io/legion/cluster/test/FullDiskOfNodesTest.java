package io.legion.cluster.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.legion.RequestException;
import io.legion.core.Consistency;
import io.legion.operations.NodeReport.StoreReport.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The disks of two of three nodes are full, so that no majority stores anything; then there is room again.
/// Nobody restarts a node.
final class FullDiskOfNodesTest {
    private static final List<Integer> FULL = List.of(1, 2);

    @TempDir
    private Path home = Path.of("");

    private @Nullable ThreeNodes started;

    @BeforeEach
    void three() throws IOException {
        var refusal = Network.refusal();
        assumeTrue(refusal.isEmpty(), () -> refusal.orElse(""));
        for (int node : FULL) {
            var store = Files.createDirectories(ThreeNodes.store(home, node));
            Network.run(List.of("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", store.toString()));
        }
        started = ThreeNodes.start(home);
    }

    private ThreeNodes nodes() {
        return Objects.requireNonNull(started);
    }

    @AfterEach
    void close() {
        if (started == null) {
            return;
        }
        started.close();
        for (int node : FULL) {
            // What a store has loaded from there keeps it mounted as long as this process lives.
            Network.run(List.of("umount", "--lazy", ThreeNodes.store(home, node).toString()));
        }
    }

    @Test
    void fastAndDurableAnswersComeAgainWhenThereIsRoomAgain() throws IOException {
        var nodes = nodes();
        nodes.append("before");
        for (int node : FULL) {
            fill(ThreeNodes.store(home, node).resolve("filler"));
        }
        for (int i = 0; FULL.stream().anyMatch(node -> nodes.storeReport(node).state() != State.FULL); i++) {
            isAnswered(i, Consistency.FAST);
        }
        assertThat(isAnswered(0, Consistency.DURABLE))
                .as("while no majority has room")
                .isFalse();
        assertThat(nodes.legion(0)
                        .partitions(Journal.TYPE)
                        .of("journal-1")
                        .read(Consistency.FAST)
                        .ballast())
                .isNotEmpty();

        for (int node : FULL) {
            Files.delete(ThreeNodes.store(home, node).resolve("filler"));
        }
        for (var consistency : Consistency.values()) {
            for (int i = 0; i < 8; i++) {
                int number = i;
                nodes.assertSoon(consistency + " is answered again", () -> isAnswered(number, consistency));
            }
        }
        nodes.assertAllTakePart("there is room");
        nodes.assertEqualStates();
        FULL.forEach(node -> assertThat(nodes.storeReport(node).state()).isEqualTo(State.OK));
    }

    private boolean isAnswered(int number, Consistency consistency) {
        try {
            nodes().legion(number % 3)
                    .partitions(Journal.TYPE)
                    .of("journal-" + number % ThreeNodes.PARTITIONS)
                    .within(Duration.ofSeconds(2))
                    .request(new Journal.Fill(ThreeNodes.noise(number)), consistency);
            return true;
        } catch (RequestException refused) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            return false;
        }
    }

    /// As another program would.
    private static void fill(Path file) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            var block = new byte[4096];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(Files.size(file)).isPositive();
        }
    }
}
