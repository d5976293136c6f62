package io.legion.cluster.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.backup.Backup;
import io.legion.backup.BackupException;
import io.legion.backup.BackupProgress;
import io.legion.backup.BackupSettings;
import io.legion.backup.ClusterSource;
import io.legion.core.Consistency;
import io.legion.core.NodeId;
import io.legion.core.PartitionKey;
import io.legion.operations.Operations;
import io.legion.operations.UnreachableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Backups of three nodes on disks and over TCP, and new clusters of one node and of three.
@Timeout(180)
final class BackupOfAClusterTest {
    private static final int JOURNALS = 40;
    private static final BackupSettings USUAL = BackupSettings.USUAL;

    @TempDir
    private Path home;

    private final List<JournalCluster> clusters = new ArrayList<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<Thread> callers = new ArrayList<>();

    /// The last marker of each journal that was answered.
    private final Map<String, Long> answered = new ConcurrentHashMap<>();

    @AfterEach
    void close() {
        stop();
        clusters.forEach(JournalCluster::close);
    }

    private JournalCluster cluster(String name, int nodes) {
        var cluster = new JournalCluster(home.resolve(name), nodes);
        clusters.add(cluster);
        return cluster;
    }

    private void stop() {
        stopped.set(true);
        for (var caller : callers) {
            try {
                caller.join();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
        callers.clear();
    }

    /// Each caller appends the numbers from 1 on to journals of its own, at a node of its own, FAST.
    private void load(JournalCluster cluster) {
        for (int node = 0; node < cluster.size(); node++) {
            int number = node;
            callers.add(Thread.ofPlatform().start(() -> append(cluster, number)));
        }
    }

    private void append(JournalCluster cluster, int node) {
        var journals = cluster.node(node).partitions(Journal.TYPE);
        for (long marker = 1; !stopped.get(); marker++) {
            for (int i = 0; i < JOURNALS; i++) {
                var key = "journal-" + node + "-" + i;
                var _ = journals.of(key).request(new Journal.Append(marker, ""), Consistency.FAST);
                answered.put(key, marker);
            }
        }
    }

    private static Journal in(Backup backup, String key) {
        return backup.find("journal", PartitionKey.of(key))
                .map(state -> Journal.TYPE.stateCodec().decode(state.shared()))
                .orElse(Journal.TYPE.initial());
    }

    @Test
    void aBackupUnderLoadHasAllThatWasAnsweredAndOthersAreFoundedFromIt() {
        var old = cluster("old", 3).start();
        old.fill(500);
        load(old);
        JournalCluster.assertSoon("the load is at work", () -> answered.size() == 3 * JOURNALS);
        var before = Map.copyOf(answered);

        var taken = Backup.take(ClusterSource.of(old.node(1)), home.resolve("b"), USUAL, BackupProgress.NONE);

        var backup = Backup.at(home.resolve("b"));
        assertThat(backup.damages(BackupProgress.NONE)).isEmpty();
        assertThat(taken.states()).isGreaterThanOrEqualTo(500 + 3 * JOURNALS);
        before.forEach((key, marker) -> {
            var markers = in(backup, key).markers();
            assertThat(markers).as(key).hasSizeGreaterThanOrEqualTo(marker.intValue());
            for (int i = 0; i < markers.size(); i++) {
                assertThat(markers.get(i))
                        .as("%s lacks nothing and has nothing twice", key)
                        .isEqualTo(i + 1L);
            }
        });
        stop();

        var alone = cluster("alone", 1).startFrom(backup);
        assertThat(alone.digests(0)).isEqualTo(backup.digests());

        var three = cluster("three", 3).startFrom(backup);
        for (int node = 0; node < 3; node++) {
            assertThat(three.digests(node)).as("node %d", node).isEqualTo(backup.digests());
        }
        assertThat(three.node(2).operations().identity().cluster())
                .isNotEqualTo(old.node(0).operations().identity().cluster());
        var next = three.node(2).partitions(Journal.TYPE).of("journal-0-0");
        int had = in(backup, "journal-0-0").markers().size();
        assertThat(next.request(new Journal.Append(had + 1, ""), Consistency.FINAL)
                        .output())
                .isEqualTo(had + 1L);
    }

    @Test
    void aBackupWaitsUntilADeadNodeIsReplacedAndIsRefusedWithoutAMajority() {
        var old = cluster("old", 3).start();
        old.fill(50);
        var dead = old.node(2).node();
        old.stop(2);

        var taken = Backup.take(ClusterSource.of(old.node(0)), home.resolve("b"), USUAL, BackupProgress.NONE);
        assertThat(taken.states()).isEqualTo(50);
        assertThat(taken.silent()).as("who could not be asked").containsExactly(dead);
        assertThat(taken.isComplete()).isFalse();

        old.node(0).operations().eject(dead);
        var without = Backup.take(ClusterSource.of(old.node(0)), home.resolve("b"), USUAL, BackupProgress.NONE);
        assertThat(without.isComplete())
                .as("of a node that never comes back, nothing is expected: %s", without.mayLack())
                .isTrue();

        old.append("later");
        old.stop(1);
        var impatient = new BackupSettings(Duration.ofSeconds(1), false, 7);
        assertThatThrownBy(() ->
                        Backup.take(ClusterSource.of(old.node(0)), home.resolve("b"), impatient, BackupProgress.NONE))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("would not be complete")
                .hasMessageContaining("Of shard");
        assertThat(Backup.numbers(home.resolve("b"))).containsExactly(1, 2);
        assertThat(Backup.at(home.resolve("b")).damages(BackupProgress.NONE)).isEmpty();
    }

    /// As with a damaged table: it opens each extract, and cannot go on. Another participant gives the shard.
    @Test
    void aNodeThatCannotReadItsCopiesHoldsUpNoBackup() {
        var old = cluster("old", 3).start();
        old.fill(200);
        var first = old.node(1).operations();
        var unable = first.shard(4).orElseThrow().participants().getFirst().id().node();

        var taken = Backup.take(
                ClusterSource.of(unable(first, unable, first.identity().node())),
                home.resolve("b"),
                USUAL,
                BackupProgress.NONE);

        assertThat(taken.states()).isEqualTo(200);
        assertThat(taken.isComplete()).as("%s", taken.mayLack()).isTrue();
        assertThat(Backup.at(home.resolve("b")).damages(BackupProgress.NONE)).isEmpty();
    }

    /// These operations, of a cluster in which one node cannot read what it has.
    private static Operations unable(Operations operations, NodeId unable, NodeId self) {
        return (Operations) Proxy.newProxyInstance(
                Operations.class.getClassLoader(), new Class<?>[] {Operations.class}, (_, method, arguments) -> {
                    if (method.getName().equals("piece") && self.equals(unable)) {
                        throw new UnreachableException("The node " + self + " gives no extract: a block is damaged.");
                    }
                    try {
                        var result = method.invoke(operations, arguments);
                        return result instanceof Operations other
                                ? unable(other, unable, (NodeId) arguments[0])
                                : result;
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
