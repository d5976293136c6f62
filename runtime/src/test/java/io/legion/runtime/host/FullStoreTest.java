package io.legion.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.runtime.lane.CopyState;
import io.legion.runtime.storage.NodeMarks;
import io.legion.runtime.storage.ShardLayout;
import io.legion.service.Logger;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// R76(f): what a node does whose store is full, and that it goes on by itself once there is room.
final class FullStoreTest {
    private static final String KEY = "alice";
    private static final int SHARD = TinyNetwork.shardOf(KEY);
    private static final long LONG_MILLIS = 30_000;

    private final TinyNetwork network = TinyNetwork.usual();

    @AfterEach
    void nothingUnexpectedWasLogged() {
        network.logger.allow(Logger.Priority.ERROR, "The store is full");
        network.logger.allow(Logger.Priority.WARNING, "says that shards have stopped there");
        network.logger.failOnUnexpected();
    }

    private void found() {
        network.found(1);
        network.run(100);
        answered(network.deposit(1, KEY, 5, Consistency.FINAL));
    }

    private void three() {
        found();
        network.join(2);
        network.join(3);
        settle();
    }

    private void settle() {
        assertThat(network.runUntil(60_000, () -> network.isSettled(3))).isTrue();
    }

    private void answered(TinyNetwork.Asking asking) {
        network.runUntil(20_000, asking::isDone);
        assertThat(asking.failure).isNull();
        assertThat(asking.replies).isNotEmpty();
    }

    private void assertBalance(long node, long cents) {
        var read = network.read(node, KEY, true);
        answered(read);
        assertThat(read.cents()).isEqualTo(cents);
    }

    @Test
    void aNodeThatJoinsWithAFullStoreTakesPartOnceThereIsRoom() {
        found();
        network.join(2);
        network.store(2).full = true;
        network.join(3);
        network.run(LONG_MILLIS);
        assertThat(network.node(2).view().status(SHARD)).isEmpty();
        network.store(2).full = false;
        settle();
        assertBalance(2, 5);
    }

    @Test
    void aNodeWhoseStoreIsFullMeetsItsFirstOtherNode() {
        found();
        network.store(1).full = true;
        network.join(2);
        network.join(3);
        network.run(LONG_MILLIS);
        assertThat(NodeMarks.hasMet(network.store(1))).isFalse();
        network.store(1).full = false;
        settle();
        assertThat(NodeMarks.hasMet(network.store(1))).isTrue();
        assertBalance(3, 5);
    }

    @Test
    void aCopyThatStoppedIsReplacedOnceThereIsRoomToDropIt() {
        three();
        byte[] record = ShardLayout.record(SHARD, Bytes.of("H"));
        network.store(2).damage(record, ShardLayout.after(record));
        network.kill(2);
        network.restart(2);
        network.store(2).full = true;
        network.run(LONG_MILLIS);
        assertThat(network.store(2).isSound()).isFalse();
        assertThat(state(2)).contains(CopyState.STOPPED);
        network.store(2).full = false;
        settle();
        assertBalance(2, 5);
        network.logger.expect(Logger.Priority.ERROR, "Shard " + SHARD + " is stopped, because it could not be opened");
        network.logger.expect(Logger.Priority.WARNING, "0 requests are submitted again.");
    }

    @Test
    void theOthersGoOnWithoutAFullOneAndItComesBack() {
        three();
        network.store(3).full = true;
        for (int i = 0; i < 5; i++) {
            answered(network.deposit(1 + i % 2, KEY, 1, Consistency.FINAL));
        }
        network.run(LONG_MILLIS);
        assertBalance(1, 10);
        assertThat(state(3)).contains(CopyState.WITHOUT_ROOM);
        network.store(3).full = false;
        settle();
        assertBalance(3, 10);
        var participates = Optional.of(CopyState.PARTICIPATING);
        assertThat(network.runUntil(20_000, () -> state(3).equals(participates)))
                .isTrue();
    }

    private Optional<CopyState> state(long node) {
        var lane = network.node(node).lane();
        return lane.state(SHARD, lane.status(SHARD));
    }
}
