package io.legion.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.Account;
import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.placement.StoppedCopies;
import io.legion.core.shard.ReplicaStatus;
import io.legion.runtime.storage.ShardLayout;
import io.legion.service.Logger;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// R76: a node reports a shard that stopped on it; the others remove its copy, and the node copies the shard anew.
final class StoppedCopyTest {
    private static final String KEY = "alice";
    private static final int SHARD = TinyNetwork.shardOf(KEY);

    private final TinyNetwork network = TinyNetwork.usual();

    @BeforeEach
    void three() {
        network.found(1);
        network.run(100);
        network.join(2);
        network.join(3);
        assertThat(network.runUntil(60_000, () -> network.isSettled(3))).isTrue();
        answered(network.deposit(1, KEY, 5, Consistency.FINAL));
        network.run(10_000);
    }

    @AfterEach
    void nothingUnexpectedWasLogged() {
        network.logger.allow(Logger.Priority.WARNING, "submitted again");
        network.logger.failOnUnexpected();
    }

    private void answered(TinyNetwork.Asking asking) {
        network.runUntil(20_000, asking::isDone);
        assertThat(asking.failure).isNull();
        assertThat(asking.replies).isNotEmpty();
    }

    private ParticipantId participant(long node) {
        return status(node).self();
    }

    private ReplicaStatus status(long node) {
        return network.node(node).view().status(SHARD).orElseThrow();
    }

    private boolean takesPart(long node) {
        return network.node(node)
                .view()
                .status(SHARD)
                .filter(status -> status.phase() == ReplicaStatus.Phase.PARTICIPATING && !status.returning())
                .isPresent();
    }

    /// The place of the history in it cannot be read.
    private void damage(long node) {
        byte[] record = ShardLayout.record(SHARD, Bytes.of("H"));
        network.store(node).damage(record, ShardLayout.after(record));
    }

    private void restart(long node) {
        network.kill(node);
        network.restart(node);
    }

    /// Each restart finds the damage, and says so here and elsewhere.
    private void stopped(int others) {
        network.logger.expect(Logger.Priority.ERROR, "Shard " + SHARD + " is stopped, because it could not be opened");
        for (int i = 0; i < others; i++) {
            network.logger.expect(Logger.Priority.WARNING, "says that shards have stopped there: [" + SHARD + "]");
        }
    }

    private StoppedCopies.Stopped stoppedAt(long node) {
        return Objects.requireNonNull(network.node(node).view().stopped().get(SHARD), "the shard has stopped there");
    }

    @Test
    void aCopyThatCanNotBeReadIsMadeAnewFromTheOthers() {
        var before = participant(2);
        damage(2);
        restart(2);

        var asking = network.deposit(1, KEY, 1, Consistency.FINAL);
        assertThat(network.runUntil(5_000, asking::isDone))
                .as("FINAL goes on within the deadline")
                .isTrue();
        assertThat(asking.cents()).isEqualTo(6);
        assertThat(network.runUntil(30_000, () -> takesPart(2) && network.isSettled(3)))
                .isTrue();

        assertThat(participant(2).node()).isEqualTo(before.node());
        assertThat(participant(2).epoch()).isGreaterThan(before.epoch());
        assertThat(network.store(2).isSound()).isTrue();
        var read = network.read(2, KEY, true);
        answered(read);
        assertThat(read.cents()).isEqualTo(6);
        assertThat(network.node(1).view().stoppedElsewhere().on(new NodeId(2))).isEmpty();
        stopped(2);
        network.logger.expect(Logger.Priority.WARNING, "0 requests are submitted again.");
        restart(2);
        assertThat(network.runUntil(30_000, () -> takesPart(2) && network.isSettled(3)))
                .isTrue();
    }

    @Test
    void theOthersSayWhatHasStoppedWhereAndWhy() {
        network.cut(1, 3);
        network.cut(2, 3);
        damage(3);
        network.kill(3);
        network.restart(3);
        network.run(100);
        assertThat(network.node(1).view().stoppedElsewhere().on(new NodeId(3))).isEmpty();
        assertThat(stoppedAt(3).reason()).contains("a block is damaged");
        assertThat(stoppedAt(3).kind()).isEqualTo(StoppedCopies.Kind.UNREADABLE);

        network.heal();
        network.run(200);
        assertThat(network.node(1).view().stoppedElsewhere().on(new NodeId(3)).get(SHARD))
                .isEqualTo(stoppedAt(3));
        network.run(20_000);
        stopped(2);
        network.logger.expect(Logger.Priority.WARNING, "was dropped");
    }

    @Test
    void whatOnlyTheDamagedCopyHadAcceptedComesBack() {
        network.cut(1, 2);
        network.cut(2, 3);
        answered(network.deposit(2, KEY, 7, Consistency.FAST));
        damage(2);
        network.kill(2);
        network.restart(2);
        network.heal();

        assertThat(network.runUntil(30_000, () -> takesPart(2) && network.isSettled(3)))
                .isTrue();
        network.run(5_000);
        var read = network.read(1, KEY, true);
        answered(read);
        assertThat(read.cents()).isEqualTo(12);
        stopped(2);
        network.logger.expect(Logger.Priority.WARNING, "1 requests are submitted again.");
    }

    @Test
    void aNodeIsOutOnlyWhenWhatItsDamagedCopyHadAcceptedIsBack() {
        network.cut(1, 2);
        network.cut(2, 3);
        answered(network.deposit(2, KEY, 7, Consistency.FAST));
        damage(2);
        restart(2);
        network.node(1).eject(new NodeId(2), network.nowMillis);
        network.heal();

        assertThat(network.runUntil(30_000, () -> network.node(2).view().hasLeft()))
                .isTrue();
        network.kill(2);
        network.run(5_000);
        var read = network.read(1, KEY, true);
        answered(read);
        assertThat(read.cents()).isEqualTo(12);
        stopped(2);
        network.logger.expect(Logger.Priority.WARNING, "1 requests are submitted again.");
        network.logger.expect(Logger.Priority.WARNING, "was taken out of the cluster");
    }

    /// The write that drops the copy saves what only it had; what the index has of it goes later.
    @Test
    void whatOnlyTheDamagedCopyHadAcceptedComesBackThoughTheDropStopsHalfway() {
        network.cut(1, 2);
        network.cut(2, 3);
        answered(network.deposit(2, KEY, 7, Consistency.FAST));
        damage(2);
        restart(2);
        network.run(3_000);
        network.store(2).fullFor = StoppedCopyTest::onlyDeletes;
        network.heal();
        network.run(20_000);
        assertThat(network.store(2).isSound()).as("the copy is dropped").isTrue();
        network.store(2).fullFor = _ -> false;

        assertThat(network.runUntil(30_000, () -> takesPart(2) && network.isSettled(3)))
                .isTrue();
        network.run(5_000);
        var read = network.read(1, KEY, true);
        answered(read);
        assertThat(read.cents()).isEqualTo(12);
        stopped(2);
    }

    /// What comes back is struck from what is saved. As long as the store takes no such write, it is there.
    @Test
    void aNodeThatCannotStrikeWhatItSavedSaysWhyItDoesNotLeave() {
        network.cut(1, 2);
        network.cut(2, 3);
        answered(network.deposit(2, KEY, 7, Consistency.FAST));
        damage(2);
        restart(2);
        network.store(2).fullFor = StoppedCopyTest::strikes;
        network.heal();
        network.run(20_000);
        network.node(2).leave(network.nowMillis);
        network.run(60_000);
        assertThat(network.node(2).view().hasLeft()).isFalse();
        network.logger.expect(Logger.Priority.WARNING, "stays until requests that it saved");
        network.store(2).fullFor = _ -> false;
        assertThat(network.runUntil(60_000, () -> network.node(2).view().hasLeft()))
                .isTrue();
        stopped(2);
        network.logger.expect(Logger.Priority.WARNING, "1 requests are submitted again.");
    }

    private static boolean strikes(Batch batch) {
        return onlyDeletes(batch) && Keys.of(batch).stream().anyMatch(key -> key.startsWith("nsaved."));
    }

    private static boolean onlyDeletes(Batch batch) {
        return batch.count() == Keys.of(batch).size();
    }

    /// The keys that a batch deletes one by one, as texts.
    private record Keys(List<String> deleted) implements Batch.Visitor {
        static List<String> of(Batch batch) {
            var keys = new Keys(new ArrayList<>());
            batch.forEach(keys);
            return keys.deleted;
        }

        @Override
        public void put(byte[] key, byte[] value) {}

        @Override
        public void delete(byte[] key) {
            deleted.add(new String(key, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void deleteRange(byte[] from, byte[] to) {}
    }

    /// Where no majority is left without them, each copy may be needed: its disk may be readable again.
    @Test
    void noCopyGoesBeforeTheOthersGoOnWithoutIt() {
        damage(2);
        damage(3);
        restart(2);
        restart(3);
        network.run(60_000);
        assertThat(network.store(2).isSound()).isFalse();
        assertThat(network.store(3).isSound()).isFalse();

        network.store(2).repair();
        network.store(3).repair();
        restart(2);
        restart(3);
        assertThat(network.runUntil(60_000, () -> takesPart(2) && takesPart(3) && network.isSettled(3)))
                .isTrue();
        var read = network.read(2, KEY, true);
        answered(read);
        assertThat(read.cents()).isEqualTo(5);
        network.logger.allow(Logger.Priority.ERROR, "could not be opened");
        network.logger.allow(Logger.Priority.WARNING, "says that shards have stopped");
    }

    @Test
    void aDiskThatGoesOnDamagingIsGivenUpAfterThree() {
        for (int i = 0; i < 3; i++) {
            damageWhileItRuns(2, "fresh-" + i);
            assertThat(network.runUntil(30_000, () -> takesPart(2) && network.isSettled(3)))
                    .isTrue();
        }
        var last = participant(2);
        damageWhileItRuns(2, "fresh-3");
        network.run(30_000);

        assertThat(stoppedAt(2).kept()).isTrue();
        assertThat(network.store(2).isSound()).as("the copy is kept").isFalse();
        assertThat(network.participants(SHARD)).containsExactly(1L, 3L);
        answered(network.deposit(1, KEY, 1, Consistency.FINAL));
        network.logger.expect(Logger.Priority.ERROR, "has replaced 3 copies of it within an hour");

        assertThat(network.node(2).dropStoppedCopy(SHARD, network.nowMillis)).isTrue();
        assertThat(network.runUntil(30_000, () -> takesPart(2) && network.isSettled(3)))
                .isTrue();
        assertThat(participant(2).epoch()).isGreaterThan(last.epoch());
        network.logger.allow(Logger.Priority.ERROR, "Shard " + SHARD + " is stopped");
        network.logger.allow(Logger.Priority.WARNING, "says that shards have stopped there");
        network.logger.allow(Logger.Priority.WARNING, "was dropped");
    }

    @Test
    void aCopyThatWasSetApartIsKeptForStudyAndHoldsUpNothing() {
        byte[] states = ShardLayout.begin('s', SHARD);
        network.kill(2);
        network.store(2).scan(states, ShardLayout.after(states), (key, value) -> {
            byte[] other = Account.TYPE.stateCodec().encode(new Account(1_000, ""));
            network.store(2).write(new Batch().put(key, other), Durability.FORCED);
            return true;
        });
        network.restart(2);
        network.run(3_000);
        for (int i = 0; i < 200; i++) {
            network.deposit(1, KEY, 1, Consistency.FAST);
            network.run(50);
        }
        assertThat(network.runUntil(
                        30_000,
                        () -> network.node(2).view().status(SHARD).stream()
                                .anyMatch(status -> status.phase() == ReplicaStatus.Phase.DIVERGED)))
                .isTrue();
        assertThat(network.runUntil(10_000, () -> network.participants(SHARD).equals(List.of(1L, 3L))))
                .isTrue();
        answered(network.deposit(1, KEY, 1, Consistency.FINAL));
        network.run(30_000);
        assertThat(status(2).phase()).isEqualTo(ReplicaStatus.Phase.DIVERGED);
        assertThat(stoppedAt(2).kind()).isEqualTo(StoppedCopies.Kind.DIVERGED);
        assertThat(stoppedAt(2).reason())
                .startsWith("its state differs from the others' at equal history. The event Deposit ")
                .contains("led to another state", "Account.cents: ");
        assertThat(network.node(1).view().stoppedElsewhere().on(new NodeId(2))).containsEntry(SHARD, stoppedAt(2));

        assertThat(network.node(2).dropStoppedCopy(SHARD, network.nowMillis)).isTrue();
        assertThat(network.runUntil(30_000, () -> takesPart(2) && network.isSettled(3)))
                .isTrue();
        network.logger.expect(Logger.Priority.ERROR, "states differ from the other participants'");
        network.logger.expect(Logger.Priority.ERROR, "The event Deposit ");
        network.logger.expect(Logger.Priority.ERROR, "It is kept for study");
        network.logger.allow(Logger.Priority.WARNING, "says that shards have stopped there");
        network.logger.allow(Logger.Priority.WARNING, "was dropped");
    }

    @Test
    void aCopyWhosePlaceCanNotBeReadHoldsUpNoOtherShardAndWaitsForAPerson() {
        byte[] record = ShardLayout.record(SHARD, Bytes.of("E"));
        network.store(2).damage(record, ShardLayout.after(record));
        restart(2);
        assertThat(network.runUntil(10_000, () -> network.participants(SHARD).equals(List.of(1L, 3L))))
                .isTrue();
        answered(network.deposit(1, KEY, 1, Consistency.FINAL));
        network.run(10_000);
        assertThat(stoppedAt(2).kept()).isTrue();
        assertThat(network.node(2).view().status((SHARD + 1) % TinyNetwork.SHARDS))
                .isPresent();

        assertThat(network.node(2).dropStoppedCopy(SHARD, network.nowMillis)).isTrue();
        assertThat(network.runUntil(30_000, () -> takesPart(2) && network.isSettled(3)))
                .isTrue();
        stopped(2);
        network.logger.expect(Logger.Priority.ERROR, "the store does not say which place it has");
        network.logger.expect(Logger.Priority.WARNING, "was dropped");
    }

    /// The others have not heard that an operator forced a change there (R43): only this copy has what was answered
    /// since.
    @Test
    void aCopyOfAHigherEraIsKeptThoughTheOthersGoOnWithoutIt() {
        network.cut(1, 2);
        network.cut(1, 3);
        assertThat(network.runUntil(30_000, () -> status(2).participants().size() == 2))
                .isTrue();
        network.node(1).force(Set.of(new NodeId(2), new NodeId(3)), network.nowMillis);
        answered(network.deposit(1, KEY, 7, Consistency.FINAL));
        damage(1);
        restart(1);
        network.heal();
        network.run(30_000);
        assertThat(stoppedAt(1).kept()).isTrue();
        assertThat(network.store(1).isSound()).as("the copy is kept").isFalse();

        network.store(1).repair();
        restart(1);
        assertThat(network.runUntil(60_000, () -> takesPart(1) && network.isSettled(3)))
                .isTrue();
        var read = network.read(2, KEY, true);
        answered(read);
        assertThat(read.cents()).isEqualTo(12);
        stopped(2);
        network.logger.expect(Logger.Priority.ERROR, "the others go on in an era that this copy's one has overruled");
        network.logger.allow(Logger.Priority.WARNING, "An operator declares that the nodes");
        network.logger.allow(Logger.Priority.WARNING, "has been carried out");
    }

    /// The next state that the replica has to read cannot be read.
    private void damageWhileItRuns(long node, String prefix) {
        byte[] states = ShardLayout.begin('s', SHARD);
        network.store(node).damage(states, ShardLayout.after(states));
        int i = 0;
        while (TinyNetwork.shardOf(prefix + i) != SHARD) {
            i++;
        }
        answered(network.deposit(1, prefix + i, 1, Consistency.DURABLE));
        assertThat(network.runUntil(
                        5_000, () -> network.node(node).view().status(SHARD).isEmpty()))
                .isTrue();
    }
}
