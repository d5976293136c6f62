package io.legion.cluster.test.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.legion.cluster.test.Network;
import io.legion.cluster.test.StoredTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Fifteen faults at one cluster of processes, under a light load: `doctor` names the right cause within ten seconds,
/// and nothing critical that is not so; the dashboard shows it in a browser. Each test begins when the cluster is well,
/// and mends what it broke.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(180)
final class DoctorTest {
    private static final Set<String> ALONE = Set.of();
    private static final int MEBIBYTES = 256;
    private static final int LARGE_PARTITIONS = 400;
    private static final int ACCEPTED = 20_000;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path directory = Path.of("");

    private static @Nullable FaultLab made;

    @BeforeAll
    static void three() throws IOException {
        var refusal = Network.refusal();
        assumeTrue(refusal.isEmpty(), () -> refusal.orElse(""));
        System.out.println("logs in " + directory);
        var lab = FaultLab.of(directory);
        made = lab;
        Files.createDirectories(lab.store(2));
        Network.run(List.of(
                "mount",
                "-t",
                "tmpfs",
                "-o",
                "size=" + MEBIBYTES + "m",
                "tmpfs",
                lab.store(2).toString()));
        for (int node = 1; node <= FaultLab.NODES; node++) {
            startAndLoad(node);
        }
        lab.openPage();
        lab.node(1).obey("fill " + LARGE_PARTITIONS);
    }

    @AfterAll
    static void close() {
        if (made != null) {
            made.close();
            Network.run(List.of("umount", made.store(2).toString()));
        }
    }

    private static FaultLab lab() {
        return Objects.requireNonNull(made);
    }

    @BeforeEach
    void well() {
        lab().awaitWell();
    }

    /// The third has another result of events that are not pure.
    private static void startAndLoad(int node, String... more) {
        var flags =
                Stream.concat(Stream.of(more), node == 3 ? Stream.of("-D" + FaultyNodeMain.ODD + "=1") : Stream.of());
        lab().start(node, flags.toArray(String[]::new));
        lab().node(node).obey("load 20");
    }

    /// Nothing but the light load.
    private static void calm(int node) {
        lab().node(node).obey("calm");
        lab().node(node).obey("load 20");
    }

    private static void restart(int node) {
        lab().node(node).stop();
        startAndLoad(node);
    }

    @Test
    @Order(1)
    void aNodeIsKilled() {
        lab().node(3).kill();
        lab().expect("node killed", 1, "NODE_UNREACHABLE", ALONE, 3);
        startAndLoad(3);
    }

    @Test
    @Order(2)
    void aNodeIsPaused() {
        lab().node(3).pause();
        lab().expect("node paused", 1, "NODE_UNREACHABLE", ALONE, 3);
        lab().node(3).resume();
    }

    @Test
    @Order(3)
    void aNodeIsCutOffOnOneSide() {
        lab().network().silence(1, 2);
        lab().expect("cut off on one side", 3, "CUT_OFF_ONE_SIDED", ALONE, 1, 2);
        lab().expect("cut off on one side", 1, "CUT_OFF_ONE_SIDED", ALONE, 1, 2);
        lab().expect("cut off on one side", 2, "CUT_OFF_ONE_SIDED", ALONE, 1, 2);
        lab().network().endSilence(1, 2);
    }

    @Test
    @Order(4)
    void aDiskIsFull() throws IOException {
        var filler = lab().store(2).resolve("filler");
        fill(filler);
        lab().node(1).obey("pour");
        try {
            lab().expect("disk full", 1, "STORE_FULL", ALONE, 2);
        } finally {
            Files.delete(filler);
            calm(1);
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

    @Test
    @Order(5)
    void aStoreIsDamaged() throws IOException {
        lab().node(3).stop();
        StoredTable.middleOfLargest(lab().store(3)).damage();
        startAndLoad(3);
        lab().node(1).obey("pour");
        lab().expect("store damaged", 1, "STORE_DAMAGED", ALONE, 3);
        calm(1);
        lab().node(3).stop();
        startAndLoad(3, "-D" + FaultyNodeMain.REPLACED + "=true");
    }

    @Test
    @Order(6)
    void aClockIsWrongByFiveMinutes() {
        lab().node(2).stop();
        startAndLoad(2, "-D" + FaultyNodeMain.AHEAD + "=300000");
        lab().expect("clock wrong by 5 min", 1, "CLOCK_WRONG", ALONE, 2);
        restart(2);
    }

    @Test
    @Order(7)
    void aPartitionIsHot() {
        lab().node(2).obey("hot");
        lab().expect("hot partition", 1, "HOT_PARTITION", ALONE);
        calm(2);
    }

    @Test
    @Order(8)
    void aNodeIsOverloaded() {
        lab().node(1).obey("flood 500");
        lab().expect("overload", 1, "OVERLOADED", ALONE, 1);
        calm(1);
    }

    @Test
    @Order(9)
    void anApplyThrows() {
        lab().node(2).obey("divide");
        lab().expect("an apply that throws", 1, "EVENT_FAILS", ALONE, 2);
        calm(2);
    }

    @Test
    @Order(10)
    void releasesDiffer() throws IOException {
        var release = directory.resolve("other/io/legion/runtime/operator/release.properties");
        Files.createDirectories(release.getParent());
        Files.writeString(release, "release=0.2.0\n");
        lab().node(3).stop();
        lab().startWith(directory.resolve("other"), 3);
        lab().expect("versions differ", 1, "VERSIONS_DIFFER", ALONE, 3);
        restart(3);
    }

    @Test
    @Order(11)
    void nodesAreRestartedOneAfterTheOther() {
        restart(2);
        lab().expect("rolling restart", 1, "NODE_STARTING", ALONE, 2);
        lab().awaitWell();
        restart(3);
        lab().expect("rolling restart", 1, "NODE_STARTING", ALONE, 3);
    }

    @Test
    @Order(12)
    void theMajorityIsLost() {
        lab().node(2).kill();
        lab().node(3).kill();
        lab().expect("majority lost", 1, "MAJORITY_LOST", Set.of("NODE_UNREACHABLE"), 2, 3);
        startAndLoad(2);
        startAndLoad(3);
    }

    @Test
    @Order(13)
    void requestsOfARemovedNodeAreSubmittedAgain() {
        lab().network().cutOff(3);
        lab().expect("machine cut off", 1, "NODE_UNREACHABLE", ALONE, 3);
        lab().node(3).obey("accept " + ACCEPTED);
        lab().awaitReplaced();
        lab().network().reconnect(3);
        lab().expect("salvage present", 1, "SALVAGE", ALONE, 3);
    }

    @Test
    @Order(14)
    void anApplyIsNotPure() {
        lab().node(1).obey("odd");
        var found = lab().expect("an apply that is not pure", 1, "DIVERGENT", ALONE, 3);
        calm(1);
        lab().awaitEvidence("DIVERGENT", "The event AddNumberOfNode ");
        int shard = found.shards().getFirst();
        lab().order("salvage", "drop", String.valueOf(shard), lab().idOf(3), "--yes");
    }

    /// The last one: what was kept out is named for a minute.
    @Test
    @Order(15)
    void aCertificateIsWrong() {
        lab().launchStranger();
        lab().expect("wrong certificate", 1, "CERTIFICATE_REFUSED", ALONE);
        lab().node(FaultLab.STRANGER).kill();
    }
}
