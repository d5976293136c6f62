package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Bytes;
import io.legion.core.Codec;
import io.legion.core.Consistency;
import io.legion.core.NodeId;
import io.legion.core.PartitionKey;
import io.legion.core.RequestId;
import io.legion.core.Tag;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// R80, R81, R82, R83, R84, R85, R86, R87, R88, R89, R90: under which version events are applied, and how a new one
/// becomes active.
class VersionRulesTest {
    private static final int TYPE = Tariff.TYPE.id();
    private static final Change RAISE = Change.raising(List.of(new Raise(TYPE, 2)));
    private static final PartitionAddress ADDRESS = address("a");

    private final ReplicaCluster cluster = new ReplicaCluster(1, 3, ReplicaSettings.defaults(), Tariff.OLD);
    private int requests;

    private static PartitionAddress address(String key) {
        return new PartitionAddress(TYPE, PartitionKey.of(key));
    }

    private long request(long node, Tariff.Change event, Consistency consistency) {
        return request(node, event, ADDRESS, consistency);
    }

    private long request(long node, Tariff.Change event, PartitionAddress address, Consistency consistency) {
        var codec = Tariff.TYPE.eventCodecs().events();
        int version = codec.firstVersionOf(event);
        var payload = Bytes.wrap(codec.at(version).encode(event));
        return cluster.request(
                node,
                new Request(new RequestId(9, ++requests), null, address, payload, null, consistency, null, version));
    }

    private String output(long ticket) {
        return Codec.derived(String.class)
                .decode(((Reply.Answered) cluster.replies(ticket).getLast())
                        .body()
                        .shared());
    }

    private Tariff state(long node) {
        return (Tariff) ((Reply.State) cluster.replies(cluster.read(node, new Read(ADDRESS, false)))
                        .getFirst())
                .state();
    }

    private void upgrade(long... nodes) {
        for (long node : nodes) {
            cluster.node(node).restart(Tariff.NEW);
        }
        cluster.calm(80);
    }

    private void raise(long node) {
        cluster.node(node).replica.change(RAISE, cluster.now);
        cluster.node(node).settle();
        cluster.calm(80);
    }

    private int active(long node) {
        return Objects.requireNonNull(
                cluster.node(node).replica.status().versions().get(TYPE));
    }

    /// R81, R87: a version is raised when all participants run it, and by nobody alone.
    @Test
    void aVersionIsRaisedOnceAllRunIt() {
        upgrade(1, 2);
        raise(1);
        assertThat(IntStream.of(1, 2).map(this::active)).containsOnly(1);
        upgrade(3);
        raise(1);
        assertThat(IntStream.of(1, 2, 3).map(this::active)).containsOnly(2);
    }

    /// R87: nobody proposes what its own release does not run.
    @Test
    void whoDoesNotRunItProposesNothing() {
        upgrade(1, 2);
        long epoch = cluster.node(3).replica.status().epoch();
        raise(3);
        assertThat(cluster.node(3).replica.status().epoch()).isEqualTo(epoch);
    }

    /// R80, R90: all replicas apply an event under the version at its place, and an old release like a new one.
    @Test
    void anEventIsAppliedUnderTheVersionOfItsPlace() {
        upgrade(1, 2);
        long before = request(1, new Tariff.Charge(5), Consistency.FINAL);
        cluster.calm(20);
        upgrade(3);
        raise(1);
        long after = request(2, new Tariff.Charge(5), Consistency.FINAL);
        cluster.calm(20);
        assertThat(output(before)).isEqualTo("v1");
        assertThat(output(after)).isEqualTo("v2");
        assertThat(List.of(state(1), state(2), state(3))).containsOnly(new Tariff(55, 100));
        assertThat(List.of(1L, 2L, 3L).stream()
                        .map(node -> cluster.node(node).replica.status().historyHash()))
                .containsOnly(cluster.node(1).replica.status().historyHash());
    }

    /// R82: what was answered FAST under the older version, and comes after the boundary, is applied again under
    /// the newer.
    @Test
    void whatAFrozenParticipantOriginatesIsAppliedAgain() {
        upgrade(1, 2, 3);
        cluster.node(1).replica.change(RAISE, cluster.now);
        cluster.node(1).settle();
        while (!cluster.node(2).replica.status().frozen()) {
            assertThat(cluster.deliverOne(0, 0)).isTrue();
        }
        long fast = request(2, new Tariff.Charge(1), Consistency.FAST);
        assertThat(output(fast)).isEqualTo("v1");
        cluster.calm(80);
        assertThat(active(2)).isEqualTo(2);
        assertThat(List.of(state(1), state(2), state(3))).containsOnly(new Tariff(10, 100));
    }

    /// R83: the clock of one participant was ahead of the last event; what the others originate comes after the
    /// boundary all the same.
    @Test
    void whatComesAfterTheRiseIsLaterThanTheBoundary() {
        upgrade(1, 2, 3);
        cluster.node(1).replica.wallOffset(5_000);
        cluster.join(4, 1);
        cluster.calm(20); // Node 1 takes a number for the copy from its clock.
        cluster.node(1).replica.wallOffset(0);
        cluster.node(4).up = false;
        raise(2);
        long boundary = cluster.node(2).replica.status().boundaries().stream()
                .mapToLong(VersionBoundary::time)
                .max()
                .orElseThrow();
        long rated = request(2, new Tariff.Rate(7), Consistency.FAST);
        assertThat(((Reply.Answered) cluster.replies(rated).getFirst()).id().time())
                .isGreaterThan(boundary);
        assertThat(output(rated)).isEqualTo("v2");
    }

    /// R84: nothing of a version is taken in before it is active; an older release sees it by the request.
    @Test
    void anEventOfAVersionThatIsNotActiveIsRefused() {
        upgrade(1, 2);
        for (long node : new long[] {1, 3}) {
            long early = request(node, new Tariff.Rate(7), Consistency.FAST);
            assertThat(cluster.replies(early).getFirst()).isInstanceOfSatisfying(Reply.Refused.class, refused -> {
                assertThat(refused.reason()).isEqualTo(Reply.Refusal.NOT_ACTIVE);
                assertThat(refused.explanation())
                        .contains("needs version 2 of the type 'tariff'", "version 1 is active", "Nothing was changed");
            });
        }
        upgrade(3);
        raise(2);
        long late = request(1, new Tariff.Rate(7), Consistency.FINAL);
        cluster.calm(20);
        assertThat(output(late)).isEqualTo("v2");
    }

    /// R84: a release that lacks a type sends its requests and reads elsewhere, where the type may be active.
    @Test
    void aRequestForATypeThatTheReleaseLacksIsNotActiveHere() {
        var foreign = new PartitionAddress(Journalled.TYPE.id(), PartitionKey.of("a"));
        long request = request(1, new Tariff.Charge(1), foreign, Consistency.FAST);
        long read = cluster.read(1, new Read(foreign, false));
        for (long ticket : new long[] {request, read}) {
            assertThat(cluster.replies(ticket).getFirst()).isInstanceOfSatisfying(Reply.Refused.class, refused -> {
                assertThat(refused.reason()).isEqualTo(Reply.Refusal.NOT_ACTIVE);
                assertThat(refused.explanation()).contains("does not have the partition's type", "Nothing was changed");
            });
        }
    }

    /// R87: a release that lacks an active version stops where it learns of it, and its store stays as it is.
    @Test
    void anOlderReleaseStopsAtAVersionThatItDoesNotRun() {
        upgrade(1, 2, 3);
        raise(1);
        assertThatThrownBy(() -> cluster.node(3).restart(Tariff.OLD))
                .isInstanceOf(UnknownVersionException.class)
                .hasMessageContaining("version 2 of the type 'tariff' is part of the shard's history")
                .hasMessageContaining("runs version 1 only");
        upgrade(3);
        assertThat(active(3)).isEqualTo(2);
    }

    /// R87: before the rise a release can be taken back.
    @Test
    void aReleaseIsTakenBackBeforeItsVersionIsActive() {
        upgrade(1, 2);
        request(1, new Tariff.Charge(5), Consistency.DURABLE);
        cluster.checkpoint();
        cluster.node(1).restart(Tariff.OLD);
        cluster.node(2).restart(Tariff.OLD);
        cluster.calm(80);
        request(2, new Tariff.Charge(5), Consistency.DURABLE);
        cluster.checkpoint();
        upgrade(1, 2, 3);
        assertThat(List.of(state(1), state(2), state(3))).containsOnly(new Tariff(10, 100));
    }

    /// R85, R87: the oldest logic may go once nothing is applied by it any more.
    @Test
    void theOldLogicMayGoOnceAllIsFoldedBeyondIt() {
        upgrade(1, 2, 3);
        request(1, new Tariff.Charge(5), Consistency.FAST);
        cluster.checkpoint();
        assertThatThrownBy(() -> cluster.node(3).restart(Tariff.WITHOUT_FIRST))
                .isInstanceOf(UnknownVersionException.class)
                .hasMessageContaining("version 1 of the type 'tariff'")
                .hasMessageContaining("runs version 2 only");
        cluster.node(3).restart(Tariff.NEW);
        cluster.calm(80);
        raise(1);
        request(1, new Tariff.Charge(1), Consistency.FAST);
        cluster.checkpoint();
        cluster.node(3).restart(Tariff.WITHOUT_FIRST);
        cluster.calm(80);
        assertThat(state(3)).isEqualTo(new Tariff(15, 100));
    }

    /// R85: a copy knows under which version it applies what comes.
    @Test
    void aCopyCarriesTheVersions() {
        upgrade(1, 2, 3);
        request(1, new Tariff.Charge(5), Consistency.DURABLE);
        raise(1);
        cluster.join(4, 1);
        cluster.node(4).stored.types = Tariff.NEW;
        cluster.node(4).replica = Replica.join(cluster.node(4).setup(), List.of(new NodeId(1)));
        cluster.calm(20);
        var third = cluster.node(3).replica.status().self();
        cluster.node(1).replica.change(new Change(List.of(third), List.of(new NodeId(4))), cluster.now);
        cluster.node(1).settle();
        cluster.calm(80);
        assertThat(active(4)).isEqualTo(2);
        assertThat(state(4)).isEqualTo(new Tariff(5, 100));
    }

    private void force(long node, long... lost) {
        var nodes = LongStream.of(lost).mapToObj(NodeId::new).toList();
        cluster.node(node).replica.force(new LossAccepted(nodes), cluster.now);
        cluster.node(node).settle();
        cluster.calm(20);
    }

    /// Node 3 keeps its release; the others go on without it, and raise the version.
    private void raiseWithoutThird() {
        cluster.cutBetween(1, 3);
        cluster.cutBetween(2, 3);
        var third = cluster.node(3).replica.status().self();
        cluster.node(1).replica.change(new Change(List.of(third), List.of()), cluster.now);
        cluster.node(1).settle();
        cluster.calm(80);
        raise(1);
        assertThat(IntStream.of(1, 2).map(this::active)).containsOnly(2);
    }

    /// R86: a forced change keeps the versions.
    @Test
    void aForcedChangeKeepsTheVersions() {
        upgrade(1, 2, 3);
        raise(1);
        cluster.node(2).up = false;
        cluster.node(3).up = false;
        var before = cluster.node(1).replica.status().boundaries();
        force(1, 2, 3);
        assertThat(cluster.node(1).replica.status().participants()).hasSize(1);
        assertThat(cluster.node(1).replica.status().boundaries()).isEqualTo(before);
        assertThat(active(1)).isEqualTo(2);
    }

    /// R86: what a survivor has accepted of a raise, and even what others have decided, is not of the next era, which
    /// raises the version by itself.
    @Test
    void aRaiseThatWasUnderWayIsNotTakenOverByAForcedChange() {
        upgrade(1, 2, 3);
        cluster.node(1).replica.change(RAISE, cluster.now);
        cluster.node(1).settle();
        while (!cluster.node(2).replica.status().frozen()
                || !cluster.node(3).replica.status().frozen()) {
            assertThat(cluster.deliverOne(0, 0)).isTrue();
        }
        cluster.cut.add("1>2"); // Both have promised, and node 3 alone accepts.
        while (active(1) == 1) {
            assertThat(cluster.deliverOne(0, 0)).isTrue();
        }
        cluster.flying.clear();
        cluster.node(1).up = false;
        force(3, 1, 2);
        assertThat(active(3)).isEqualTo(1);
        long before = request(3, new Tariff.Charge(5), Consistency.FINAL);
        cluster.calm(20);
        assertThat(output(before)).isEqualTo("v1");
        raise(3);
        assertThat(active(3)).isEqualTo(2);
        assertThat(state(3)).isEqualTo(new Tariff(5, 100));
    }

    /// R86, R87: the versions that an overruled era has raised mean nothing to the one that goes on, not even to a
    /// release that does not know them.
    @Test
    void whatAnOverruledEraHasRaisedDoesNotCount() {
        upgrade(1, 2);
        raiseWithoutThird();
        request(1, new Tariff.Rate(7), Consistency.FINAL);
        cluster.calm(20);
        force(3, 1, 2);
        cluster.cut.clear();
        LongStream.of(1, 2)
                .forEach(node -> cluster.tellOf(cluster.node(3).replica.status(), cluster.node(node)));
        cluster.calm(80);
        assertThat(LongStream.of(1, 2)
                        .mapToObj(node -> cluster.node(node).replica.status().phase()))
                .containsOnly(ReplicaStatus.Phase.OVERRULED);
        long charged = request(3, new Tariff.Charge(5), Consistency.FINAL);
        cluster.calm(20);
        assertThat(output(charged)).isEqualTo("v1");
        assertThat(active(3)).isEqualTo(1);
    }

    /// R86, R87: a release that lacks a version of the era that goes on stops when it copies the shard from there.
    @Test
    void aReleaseThatLacksAVersionOfTheEraThatGoesOnStops() {
        upgrade(1, 2);
        raiseWithoutThird();
        cluster.node(2).up = false;
        force(1, 2);
        cluster.cut.clear();
        cluster.calm(80);
        assertThat(cluster.node(3).replica.status().phase()).isEqualTo(ReplicaStatus.Phase.GONE);
        assertThatThrownBy(() -> {
                    cluster.join(3, 1);
                    cluster.calm(20);
                })
                .isInstanceOf(UnknownDataException.class)
                .hasMessageContaining("version 2 of the type 'tariff' is part of the shard's history")
                .hasMessageContaining("runs version 1 only");
    }

    /// R88: a participant whose wall clock is far ahead does not move the others' clocks by a raise.
    @Test
    void aClockThatIsFarAheadRaisesNothing() {
        upgrade(1, 2, 3);
        cluster.node(3).replica.wallOffset(600_000);
        raise(1);
        assertThat(IntStream.of(1, 2, 3).map(this::active)).containsOnly(1);
        cluster.node(3).replica.wallOffset(0);
        raise(1);
        assertThat(IntStream.of(1, 2, 3).map(this::active)).containsOnly(2);
    }

    /// R89: each replica computes its stored tags anew, and says so until it is done.
    @Test
    void theIndexFollowsTheVersion() {
        upgrade(1, 2, 3);
        for (int key = 0; key < 3; key++) {
            request(1, new Tariff.Charge(7), address("k" + key), Consistency.DURABLE);
        }
        cluster.checkpoint();
        assertThat(cluster.node(2).stored.tags)
                .hasSize(3)
                .allMatch(indexed -> indexed.tag().equals(Tag.of("cents", 7)));
        cluster.node(1).replica.change(RAISE, cluster.now);
        cluster.node(1).settle();
        while (cluster.deliverOne(0, 0)) {
            // No time passes: no tags are computed yet.
        }
        assertThat(active(2)).isEqualTo(2);
        assertThat(cluster.node(2).replica.isIndexComplete(Tariff.TYPE)).isFalse();
        assertThat(cluster.node(2).replica.status().indexing()).containsExactly(TYPE);
        cluster.calm(20);
        assertThat(cluster.node(2).replica.isIndexComplete(Tariff.TYPE)).isTrue();
        assertThat(cluster.node(2).replica.status().indexing()).isEmpty();
        assertThat(cluster.node(2).stored.tags)
                .hasSize(3)
                .allMatch(indexed -> indexed.tag().equals(Tag.of("rate", 100)));
    }
}
