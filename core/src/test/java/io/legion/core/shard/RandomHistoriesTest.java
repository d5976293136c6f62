package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Consistency;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.RequestId;
import io.legion.core.shard.Journalled.Append;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Random faults on replicas of one shard; afterwards all are equal, nothing accepted is lost, nothing is there twice.
class RandomHistoriesTest {
    private static final int SEEDS = Integer.getInteger("legion.histories", 300);

    private static final class Run {
        final ReplicaCluster cluster;
        final TreeMap<Long, String> accepted = new TreeMap<>();
        final TreeMap<String, RequestId> ids = new TreeMap<>();
        long number;

        Run(long seed) {
            var settings = new ReplicaSettings(60_000, 100, 500, 500, 64, 8_192, 3_600_000, 10_000, 16, 256);
            cluster = new ReplicaCluster(seed, 3 + (int) (seed % 3), settings);
        }

        void step() {
            double dice = cluster.random.nextDouble();
            if (dice < 0.15) {
                request();
            } else if (dice < 0.80) {
                cluster.deliverOne(0.05, 0.05);
            } else if (dice < 0.96) {
                cluster.tick(cluster.random.nextInt(60));
            } else {
                fault();
            }
        }

        private ReplicaCluster.Node anyNode() {
            var all = new ArrayList<>(cluster.nodes.values());
            return all.get(cluster.random.nextInt(all.size()));
        }

        private void request() {
            ReplicaCluster.Node node = anyNode();
            if (!node.up) {
                return;
            }
            String word = "w" + ++number;
            var id = new RequestId(1 + number % 3, number);
            Consistency[] all = Consistency.values();
            long ticket = cluster.request(
                    node.id.value(), id, "key" + number % 4, new Append(word), all[cluster.random.nextInt(all.length)]);
            accepted.put(ticket, word);
            ids.put(word, id);
        }

        private void fault() {
            ReplicaCluster.Node node = anyNode();
            switch (cluster.random.nextInt(6)) {
                case 0 -> cluster.cutBetween(node.id.value(), anyNode().id.value());
                case 1 -> cluster.cut.clear();
                case 2 -> node.up = !node.up;
                case 3 -> restart(node);
                case 4 -> remove(node);
                default -> join(node);
            }
        }

        private void restart(ReplicaCluster.Node node) {
            if (Replica.isStored(node.stored) && node.replica.status().phase() != ReplicaStatus.Phase.COPYING) {
                node.restart();
            }
        }

        private void remove(ReplicaCluster.Node node) {
            ReplicaStatus status = node.replica.status();
            if (node.up && status.participants().size() > 2) {
                var others = new ArrayList<>(status.participants());
                others.remove(status.self());
                ParticipantId victim = others.get(cluster.random.nextInt(others.size()));
                node.replica.change(new Change(List.of(victim), List.of()), cluster.now);
                node.settle();
            }
        }

        private void join(ReplicaCluster.Node source) {
            if (source.up && source.replica.status().phase() == ReplicaStatus.Phase.PARTICIPATING) {
                List<NodeId> ready = source.replica.status().readyJoiners();
                if (!ready.isEmpty()) {
                    source.replica.change(new Change(List.of(), List.of(ready.getFirst())), cluster.now);
                    source.settle();
                } else if (cluster.nodes.size() < 8) {
                    cluster.join(cluster.nodes.size() + 1L, source.id.value());
                }
            }
        }

        void heal() {
            cluster.cut.clear();
            cluster.nodes.values().forEach(node -> node.up = true);
            for (int i = 0; i < 60; i++) {
                cluster.calm(10);
                gossip();
                for (ReplicaCluster.Node node : cluster.nodes.values()) {
                    List<NodeId> ready = node.replica.status().readyJoiners();
                    if (!ready.isEmpty()) {
                        node.replica.change(new Change(List.of(), List.of(ready.getFirst())), cluster.now);
                        node.settle();
                    }
                }
            }
        }

        /// What the nodes' directory does: everyone hears of the latest epoch.
        private void gossip() {
            ReplicaStatus latest = cluster.nodes.values().stream()
                    .map(node -> node.replica.status())
                    .max(Comparator.comparingLong(ReplicaStatus::epoch))
                    .orElseThrow();
            cluster.nodes.values().forEach(node -> cluster.tellOf(latest, node));
        }

        List<ReplicaCluster.Node> participants() {
            return cluster.nodes.values().stream()
                    .filter(node -> node.replica.status().phase() == ReplicaStatus.Phase.PARTICIPATING)
                    .toList();
        }

        void check() {
            List<ReplicaCluster.Node> participants = participants();
            ReplicaCluster.Node first = participants.getFirst();
            for (ReplicaCluster.Node node : participants) {
                ReplicaStatus status = node.replica.status();
                assertThat(status.outstanding()).as("outstanding at %s", status).isZero();
                assertThat(status.participants()).hasSize(participants.size());
                assertThat(status.historyHash())
                        .isEqualTo(first.replica.status().historyHash());
                assertThat(node.stored.states).isEqualTo(first.stored.states);
                assertThat(node.stored.tags).isEqualTo(first.stored.tags);
            }
            checkAccepted(first);
        }

        private void checkAccepted(ReplicaCluster.Node node) {
            var words = new ArrayList<String>();
            for (int key = 0; key < 4; key++) {
                words.addAll(cluster.words(node.id.value(), "key" + key));
            }
            assertThat(words).doesNotHaveDuplicates();
            var salvaged = new TreeSet<RequestId>();
            cluster.nodes
                    .values()
                    .forEach(n -> salvaged.addAll(n.replica.status().salvage()));
            accepted.forEach((ticket, word) -> {
                Reply last = cluster.replies(ticket).isEmpty()
                        ? null
                        : cluster.replies(ticket).getLast();
                if (last instanceof Reply.Answered answered) {
                    boolean kept = words.contains(word);
                    boolean listed = salvaged.contains(ids.get(word));
                    assertThat(kept || (listed && answered.consistency() == Consistency.FAST))
                            .as(
                                    "%s answered %s: in history %s, salvaged %s",
                                    word, answered.consistency(), kept, listed)
                            .isTrue();
                }
            });
        }
    }

    @Test
    void afterAllFaultsTheReplicasAreEqualAndNothingAcceptedIsLost() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            run(seed);
        }
    }

    private static void run(long seed) {
        try {
            var run = new Run(seed);
            for (int i = 0; i < 1_500; i++) {
                run.step();
            }
            run.heal();
            run.check();
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError("seed " + seed + ": " + failure.getMessage(), failure);
        }
    }
}
