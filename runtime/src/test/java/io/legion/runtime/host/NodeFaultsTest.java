package io.legion.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Consistency;
import io.legion.core.shard.Reply;
import io.legion.service.Logger;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Nodes die, start again and are cut off at random while requests go on; afterwards nothing that was answered is
/// missing, and nothing happened twice.
final class NodeFaultsTest {
    private static final int SEEDS = 12;
    private static final int STEPS = 60;
    private static final List<Consistency> CONSISTENCIES =
            List.of(Consistency.FAST, Consistency.DURABLE, Consistency.FINAL);

    @Test
    void whateverHappensEachAnsweredRequestIsInTheStateOnce() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            run(seed);
        }
    }

    /// In this seed a node that was away once still believed in a participant that was removed and dropped
    /// meanwhile, and gave it a start (R69).
    @Test
    void aParticipantThatWasDroppedNeverStartsAgain() {
        run(541);
    }

    private static void run(long seed) {
        var random = new SplittableRandom(seed);
        var network = TinyNetwork.usual();
        network.found(1);
        network.run(100);
        for (long id = 2; id <= 5; id++) {
            network.join(id);
        }
        network.run(random.nextLong(10_000));
        var asked = new TreeMap<String, TinyNetwork.Asking>();
        for (int i = 0; i < STEPS; i++) {
            fault(network, random);
            for (int request = 0; request < 5; request++) {
                String key = "key" + i + "-" + request;
                Consistency consistency = CONSISTENCIES.get(random.nextInt(3));
                List<Long> running = network.running();
                asked.put(key, network.deposit(running.get(random.nextInt(running.size())), key, 1, consistency));
            }
            network.run(random.nextLong(1_500));
        }
        heal(network);
        assertThat(network.runUntil(300_000, () -> network.isSettled(3)))
                .as("seed %s: all shards settle", seed)
                .isTrue();
        network.run(30_000);
        asked.forEach((key, asking) -> check(network, seed, key, asking));
        network.logger.allow(Logger.Priority.WARNING, "submitted again");
        network.logger.failOnUnexpected();
    }

    private static void check(TinyNetwork network, long seed, String key, TinyNetwork.Asking asking) {
        var read = network.read(1, key, true);
        network.runUntil(5_000, read::isDone);
        boolean answered = !asking.replies.isEmpty() && asking.replies.getFirst() instanceof Reply.Answered;
        assertThat(read.cents())
                .as("seed %s: %s, %s %s", seed, key, asking.replies, asking.failure)
                .isBetween(answered ? 1L : 0L, 1L);
    }

    private static void fault(TinyNetwork network, SplittableRandom random) {
        long one = 1L + random.nextInt(5);
        long two = 1L + random.nextInt(5);
        boolean runs = network.running().contains(one);
        switch (random.nextInt(6)) {
            case 0 -> {
                if (runs && network.running().size() > 3) {
                    network.kill(one);
                }
            }
            case 1, 2 -> {
                if (!runs) {
                    network.restart(one);
                }
            }
            case 3 -> {
                if (one != two && runs && network.running().contains(two) && !network.isCut(one, two)) {
                    network.cut(one, two);
                }
            }
            case 4 -> network.heal();
            default -> {}
        }
    }

    private static void heal(TinyNetwork network) {
        for (long id = 1; id <= 5; id++) {
            if (!network.running().contains(id)) {
                network.restart(id);
            }
        }
        network.heal();
    }
}
