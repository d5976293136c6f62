package io.legion.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.Account;
import io.legion.core.Consistency;
import io.legion.core.NodeId;
import io.legion.core.placement.StoppedCopies.Kind;
import io.legion.core.shard.Overruled;
import io.legion.core.shard.PartitionTypes;
import io.legion.runtime.control.Versioning;
import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import io.legion.spi.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// R87: nodes announce what their releases run, and a version becomes active in all shards once all nodes run it.
class VersionsOfNodesTest {
    private static final int TYPE = Account.TYPE.id();
    private static final PartitionTypes OLD = new PartitionTypes(List.of(Account.TYPE));
    private static final PartitionTypes NEWER = new PartitionTypes(List.of(Account.TYPE.version(3)));
    private static final PartitionTypes NEW = new PartitionTypes(List.of(Account.TYPE.version(2)));

    /// Longer than versions wait for quiet members, and for the nodes to hear of each other.
    private static final long A_WHILE = 6_000;

    private final TinyNetwork network = TinyNetwork.usual();

    @AfterEach
    void nothingWentWrong() {
        network.logger.failOnUnexpected();
    }

    private void three() {
        for (long id = 1; id <= 3; id++) {
            network.install(id, OLD, "old", false);
        }
        network.found(1);
        network.join(2);
        network.join(3);
        assertThat(network.runUntil(60_000, () -> network.isSettled(3))).isTrue();
        for (int key = 0; key < 20; key++) {
            network.deposit(1, "k" + key, 5, Consistency.FINAL);
        }
        network.run(1_000);
    }

    private void roll(long id, PartitionTypes release, boolean holds) {
        network.kill(id);
        network.install(id, release, "new", holds);
        network.run(200);
        network.restart(id);
    }

    /// The version that is active in all shards, as a node sees it; 0 if it is not one.
    private int active(long id) {
        int active = 0;
        for (int shard = 0; shard < TinyNetwork.SHARDS; shard++) {
            var status = network.node(id).view().status(shard).orElseThrow();
            int version = status.versions().getOrDefault(TYPE, 0);
            active = shard == 0 || active == version ? version : -1;
        }
        return active;
    }

    private boolean isActive(int version) {
        return network.running().stream().allMatch(id -> active(id) == version);
    }

    private void order(long id, Consumer<Versioning> order) {
        network.node(id).steerVersions(order);
    }

    @Test
    void aVersionRisesOnceTheLastNodeRunsIt() {
        three();
        roll(1, NEW, false);
        network.run(A_WHILE);
        roll(2, NEW, false);
        network.run(A_WHILE);
        assertThat(isActive(1)).isTrue();
        assertThat(network.node(1).view().raising().lacking(TYPE, 2)).containsExactly(new NodeId(3));
        roll(3, NEW, false);
        assertThat(linesOfTheRise()).isEmpty();
        assertThat(network.runUntil(20_000, () -> isActive(2))).isTrue();
        network.run(A_WHILE);
        assertThat(linesOfTheRise()).as("one for each node").hasSize(3);
        roll(1, NEW, false);
        network.run(A_WHILE);
        assertThat(linesOfTheRise()).as("a start is none").hasSize(3);
        assertThat(network.node(1).view().raising().lacking(TYPE, 2)).isEmpty();
        assertThat(network.node(1).view().members().all())
                .extracting(member -> member.release().name())
                .containsOnly("new");
        assertThat(network.runUntil(20_000, () -> network.isSettled(3))).isTrue();
    }

    private List<RecordingLogger.Message> linesOfTheRise() {
        return network.logger.messages(
                Logger.Priority.INFO,
                "Version 2 of the partition type 'account' is active in all 8 shards here: releases without it are kept"
                        + " out from now on.");
    }

    /// A node that is away for less than the deadline is waited for.
    @Test
    void aVersionDoesNotRiseWhileANodeOfAnOlderReleaseIsAway() {
        three();
        network.kill(3);
        roll(1, NEW, false);
        roll(2, NEW, false);
        network.run(3_000);
        assertThat(isActive(1)).isTrue();
        network.restart(3);
        network.run(A_WHILE);
        assertThat(isActive(1)).isTrue();
    }

    @Test
    void aReleaseIsRolledBackBeforeTheRise() {
        three();
        roll(1, NEW, false);
        network.run(A_WHILE);
        roll(1, OLD, false);
        network.run(A_WHILE);
        assertThat(isActive(1)).isTrue();
        assertThat(network.deposit(1, "k0", 1, Consistency.FINAL)).satisfies(asking -> {
            assertThat(network.runUntil(10_000, asking::isDone)).isTrue();
            assertThat(asking.cents()).isEqualTo(6);
        });
    }

    @Test
    void aVersionIsHeldByASettingAndOrdered() {
        three();
        roll(1, NEW, true);
        roll(2, NEW, false);
        roll(3, NEW, false);
        network.run(2 * A_WHILE);
        assertThat(isActive(1)).isTrue();
        assertThat(network.node(3).view().raising().holding()).containsExactly(new NodeId(1));
        order(3, Versioning::order);
        assertThat(network.runUntil(20_000, () -> isActive(2))).isTrue();
    }

    @Test
    void aVersionIsHeldByAnOrderAndLetGo() {
        three();
        order(2, Versioning::hold);
        roll(1, NEW, false);
        roll(3, NEW, false);
        // The roll-out starts the holding node again, which does not forget the order.
        roll(2, NEW, false);
        network.run(2 * A_WHILE);
        assertThat(isActive(1)).isTrue();
        assertThat(network.node(3).view().raising().holding()).containsExactly(new NodeId(2));
        order(2, Versioning::release);
        assertThat(network.runUntil(20_000, () -> isActive(2))).isTrue();
    }

    @Test
    void anOrderToHoldEndsForGoodWithItsRelease() {
        three();
        order(2, Versioning::hold);
        order(2, Versioning::release);
        roll(2, NEW, false);
        roll(1, NEW, false);
        roll(3, NEW, false);
        assertThat(network.runUntil(20_000, () -> isActive(2))).isTrue();
    }

    /// What was raised is past the hold; what comes after it is held.
    @Test
    void anOrderToHoldOutlastsARaise() {
        three();
        order(2, Versioning::hold);
        for (long id = 1; id <= 3; id++) {
            roll(id, NEW, false);
        }
        order(1, Versioning::order);
        assertThat(network.runUntil(20_000, () -> isActive(2))).isTrue();
        for (long id = 1; id <= 3; id++) {
            roll(id, NEWER, false);
        }
        network.run(2 * A_WHILE);
        assertThat(isActive(2)).isTrue();
        order(2, Versioning::release);
        assertThat(network.runUntil(20_000, () -> isActive(3))).isTrue();
    }

    /// Nobody is to take an order for given that will not last.
    @Test
    void anOrderToHoldThatTheStoreDoesNotTakeIsRefused() {
        three();
        network.store(2).full = true;
        assertThatThrownBy(() -> order(2, Versioning::hold)).isInstanceOf(StoreException.class);
        network.store(2).full = false;
        network.run(A_WHILE);
        assertThat(network.node(2).view().raising().holding()).isEmpty();
    }

    /// One cause, and one line of the log: its copies are well, and wait for the release that runs the version.
    @Test
    void aNodeThatGoesBackAfterTheRiseSaysThatItsReleaseIsTheCause() {
        three();
        for (long id = 1; id <= 3; id++) {
            roll(id, NEW, false);
        }
        assertThat(network.runUntil(20_000, () -> isActive(2))).isTrue();
        network.run(A_WHILE);
        network.logger.allow(Logger.Priority.ERROR, "is part of the shard's history");
        network.logger.allow(Logger.Priority.WARNING, "says that shards have stopped there");
        roll(3, OLD, false);
        var third = network.node(3);
        network.run(A_WHILE);
        assertThat(network.logger.messages(Logger.Priority.ERROR, ""))
                .singleElement()
                .asString()
                .contains("version 2 of the type 'account'", "Their copies are well");
        assertThat(third.view().unfit()).hasValueSatisfying(unfit -> {
            assertThat(unfit.type()).isEqualTo("'account'");
            assertThat(unfit.version()).isEqualTo(2);
        });
        assertThat(third.view().stopped())
                .hasSize(TinyNetwork.SHARDS)
                .allSatisfy((_, copy) -> assertThat(copy.kind()).isEqualTo(Kind.RELEASE));
        assertThat(third.dropStoppedCopy(0, network.nowMillis)).isFalse();
        for (long id = 1; id <= 2; id++) {
            assertThat(network.node(id).view().members().find(new NodeId(3)))
                    .as("what node " + id + " knows of the release of the third one")
                    .satisfies(member ->
                            assertThat(member.release().type(TYPE).newest()).isEqualTo(1));
        }
        roll(3, NEW, false);
        assertThat(network.runUntil(60_000, () -> network.isSettled(3))).isTrue();
    }

    /// What a node says that is away since before the rise, or that comes back with its old release, is past.
    @Test
    void aNodeThatMissedTheRiseKeepsNoOtherOut() {
        three();
        network.kill(3);
        roll(1, NEW, false);
        roll(2, NEW, false);
        assertThat(network.runUntil(60_000, () -> isActive(2))).isTrue();
        network.run(2 * A_WHILE);
        var withoutOldLogic = new PartitionTypes(List.of(Account.TYPE.version(2).minimumVersion(2)));
        roll(1, withoutOldLogic, false);
        roll(2, withoutOldLogic, false);
        network.restart(3);
        network.run(A_WHILE);
        assertThat(network.node(3).view().unfit()).isPresent();
        for (long id = 1; id <= 2; id++) {
            assertThat(network.node(id).view().unfit()).isEmpty();
            assertThat(active(id)).isEqualTo(2);
        }
    }

    @Test
    void aHoldThatComesAfterAnOrderEndsIt() {
        three();
        roll(1, NEW, false);
        roll(2, NEW, false);
        network.run(A_WHILE);
        order(1, Versioning::order);
        network.run(2_000);
        order(2, Versioning::hold);
        network.run(2_000);
        roll(3, NEW, false);
        network.run(2 * A_WHILE);
        assertThat(isActive(1)).isTrue();
        order(3, Versioning::order);
        assertThat(network.runUntil(20_000, () -> isActive(2))).isTrue();
    }

    /// Who was away when the version rose serves nothing until it is brought up.
    @Test
    void aNodeThatComesBackAfterTheRiseIsKeptOutUntilItRunsTheVersion() {
        three();
        network.kill(3);
        roll(1, NEW, false);
        roll(2, NEW, false);
        assertThat(network.runUntil(60_000, () -> isActive(2))).isTrue();
        var why = new ArrayList<String>();
        network.logger.allow(Logger.Priority.ERROR, "is part of the shard's history");
        var third = network.restart(3);
        third.whenKeptOut(text -> {
            why.add(text);
            third.stop(text);
        });
        network.run(A_WHILE);
        assertThat(why)
                .isNotEmpty()
                .first()
                .asString()
                .contains(
                        "Version 2 of the partition type 'account' is active",
                        "(release 'new')",
                        "runs version 1",
                        "serves nothing",
                        "Start a release here that runs version 2");
        assertThat(network.deposit(3, "k0", 1, Consistency.FAST)).satisfies(asking -> {
            network.run(1_000);
            assertThat(asking.failure).isNotNull();
        });
        roll(3, NEW, false);
        assertThat(network.runUntil(60_000, () -> network.isSettled(3))).isTrue();
        assertThat(isActive(2)).isTrue();
    }

    /// R86, R87: what an era that was overruled had raised keeps nobody out of the one that goes on.
    @Test
    void anOverruledCopyKeepsNoOlderReleaseOut() {
        three();
        roll(1, NEW, true);
        roll(2, NEW, false);
        roll(3, NEW, false);
        network.cut(1, 2);
        network.cut(1, 3);
        order(2, Versioning::order);
        assertThat(network.runUntil(60_000, () -> active(2) == 2 && active(3) == 2))
                .isTrue();
        for (int key = 0; key < 20; key++) {
            network.deposit(2, "k" + key, 5, Consistency.FINAL);
        }
        network.run(1_000);
        roll(2, NEW, false); // What an operator has ordered there ends with the process.
        network.logger.allow(Logger.Priority.WARNING, "declares that the nodes");
        network.logger.allow(Logger.Priority.WARNING, "has been carried out");
        network.logger.allow(Logger.Priority.ERROR, "an operator forced a change of the participants");
        network.node(1).force(Set.of(new NodeId(2), new NodeId(3)), network.nowMillis);
        network.run(1_000);
        network.heal();
        assertThat(network.runUntil(60_000, () -> isOverruled(2) && isOverruled(3)))
                .isTrue();
        network.run(A_WHILE);
        assertThat(active(1)).isEqualTo(1);
        network.kill(1);
        network.install(1, OLD, "old", false);
        var first = network.restart(1);
        var why = new ArrayList<String>();
        first.whenKeptOut(why::add);
        network.run(A_WHILE);
        assertThat(why).isEmpty();
        assertThat(active(1)).isEqualTo(1);
        assertThat(network.deposit(1, "k0", 1, Consistency.DURABLE)).satisfies(asking -> {
            assertThat(network.runUntil(10_000, asking::isDone)).isTrue();
            assertThat(asking.cents()).isEqualTo(6);
        });
    }

    /// Whether a copy in each shard waits for the operator.
    private boolean isOverruled(long id) {
        var overruled = network.node(id).view().overruled();
        return overruled.size() == TinyNetwork.SHARDS
                && overruled.values().stream().allMatch(Overruled::complete);
    }
}
