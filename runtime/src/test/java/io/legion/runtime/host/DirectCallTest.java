package io.legion.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.Account;
import io.legion.Bank;
import io.legion.Legion;
import io.legion.RequestException;
import io.legion.core.Applied;
import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.Outcome;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.RequestId;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.PartitionTypes;
import io.legion.core.shard.Request;
import io.legion.memory.SoloCluster;
import io.legion.runtime.lane.NoAnswer;
import io.legion.runtime.lane.TestLanes;
import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import io.legion.spi.StoreException;
import io.legion.spi.WrappedStore;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class DirectCallTest {
    private final Node node = TestLanes.node();
    private final NodeHost host =
            new NodeHost(node, 10, new NodeClock(InstantSource.system()), Runnable::run, RecordingLogger.open());
    private long requests;

    private DirectCall deposit() {
        var event = new Account.Deposit(1);
        var payload = Bytes.wrap(Account.TYPE.eventCodecs().events().encode(event));
        var id = new RequestId(7, ++requests);
        var request = new Request(id, null, TinyNetwork.address("alice"), payload, event, Consistency.FAST);
        return new DirectCall(0, request, Long.MAX_VALUE);
    }

    /// A host of a node with nests, which has begun.
    private static NodeHost nests() {
        var types = new PartitionTypes(List.of(Nest.TYPE));
        var node = TestLanes.node(RecordingLogger.open(), types, SoloCluster.open());
        var nests =
                new NodeHost(node, 10, new NodeClock(InstantSource.system()), Runnable::run, RecordingLogger.open());
        nests.begin(Node::found);
        return nests;
    }

    private DirectCall nested() {
        var event = new Nested();
        var payload = Bytes.wrap(Nest.TYPE.eventCodecs().events().encode(event));
        var address = new PartitionAddress(Nest.TYPE.id(), PartitionKey.of("alice"));
        var request = new Request(new RequestId(7, ++requests), null, address, payload, event, Consistency.FAST);
        return new DirectCall(0, request, Long.MAX_VALUE);
    }

    private DirectCall given() {
        var call = deposit();
        host.direct(call);
        return call;
    }

    @Test
    void aRequestThatMeetsNobodyIsAnsweredInPassing() {
        host.begin(Node::found);
        assertThat(given().answer()).isNotNull();
        assertThat(node.view().unanswered()).isZero();
    }

    @Test
    void aNodeThatHasNotBegunIsLeftAlone() {
        assertThat(given().answer()).isNull();
    }

    @Test
    void aNodeThatIsOwnedIsLeftAloneByItsOwnerAndByOthers() throws InterruptedException {
        host.begin(Node::found);
        var other = new AtomicReference<DirectCall>();
        host.withNode((_, _) -> {
            assertThat(given().answer()).isNull();
            try {
                Thread.ofPlatform().start(() -> other.set(given())).join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(other.get().answer()).isNull();
        assertThat(other.get().isUnknown()).isFalse();
    }

    @Test
    void aNodeWithoutTheShardOrThatHasStoppedDoesNotTakeIt() {
        host.begin(Node::join);
        assertThat(given().answer()).isNull();
        host.withNode((stopping, _) -> stopping.stop("a test"));
        var call = given();
        assertThat(call.answer()).isNull();
        assertThat(call.isUnknown()).isFalse();
    }

    /// Whoever put it in left it to the keeper, who has not come yet: nobody owns the node.
    @Test
    void whatWaitsInTheMailboxIsNotOvertakenThoughNobodyOwnsTheNode() {
        var keeper = new ArrayDeque<Runnable>();
        var left = new NodeHost(node, 10, new NodeClock(InstantSource.system()), keeper::add, RecordingLogger.open());
        left.begin(Node::found);
        var first = new AtomicBoolean();
        assertThat(left.submitAway((_, _) -> first.set(true))).isTrue();
        var call = deposit();
        left.direct(call);
        assertThat(call.answer()).isNull();
        assertThat(call.isUnknown()).isFalse();
        keeper.forEach(Runnable::run);
        assertThat(first).isTrue();
        var next = deposit();
        left.direct(next);
        assertThat(next.answer()).isNotNull();
    }

    /// What is told calls back into Legion: a request of its own finds the node free.
    @Test
    void whatIsToldAfterADirectCallIsToldWithTheNodeFree() {
        var free = nests();
        var inner = nested();
        Nested.INNER.set(() -> free.afterwards(() -> free.direct(inner)));
        var outer = nested();
        free.direct(outer);
        assertThat(outer.answer()).isNotNull();
        assertThat(inner.answer()).isNotNull();
    }

    @Test
    void whatIsToldAfterAChangeOfTheNodeIsToldWithTheNodeFree() {
        host.begin(Node::found);
        var inner = deposit();
        host.withNode((_, _) -> host.afterwards(() -> host.direct(inner)));
        assertThat(inner.answer()).isNotNull();
    }

    @Test
    void whatIsPutInDuringADirectCallIsTakenInWhenItGoes() {
        var free = nests();
        var taken = new AtomicBoolean();
        Nested.INNER.set(() -> free.submit((_, _) -> taken.set(true)));
        free.direct(nested());
        assertThat(taken).isTrue();
    }

    /// Calls back into Legion while it is applied, which nobody may do.
    private record Nested() implements Event<Nest, Long> {
        static final AtomicReference<Runnable> INNER = new AtomicReference<>(() -> {});

        @Override
        public Applied<Nest, Long> apply(Nest state, EventContext context) {
            INNER.getAndSet(() -> {}).run();
            return Applied.of(new Nest(state.count() + 1), state.count());
        }
    }

    private record Nest(long count) {
        static final PartitionType<Nest> TYPE =
                PartitionType.named("nest", new Nest(0)).events(Nested.class);
    }

    @Test
    void aRequestFromWithinAnEventDoesNotEnterTheReplicaAgain() {
        var settings = Legion.named("bank").shards(1).settings();
        try (var legion = Legion.with(settings)
                .store(TestLanes.memory())
                .cluster(SoloCluster.open())
                .logger(RecordingLogger.open())
                .monitor(RecordingMonitor.open())
                .open(Nest.TYPE)) {
            var alice = legion.partitions(Nest.TYPE).of("alice");
            Nested.INNER.set(() -> alice.request(new Nested(), Consistency.FAST));
            assertThat(alice.request(new Nested(), Consistency.FAST).outcome())
                    .isInstanceOfSatisfying(
                            Outcome.Failure.class,
                            failed -> assertThat(failed.toString()).contains("called from within its own work"));
        }
    }

    /// The write of its event fails: it may be there when the store is opened again.
    @Test
    void whatAFailedWriteLeavesUnknownIsNeverSaidToHaveChangedNothing() {
        var store = new WrappedStore(TestLanes.memory());
        try (var bank = Bank.open(store)) {
            store.beforeWrite = _ -> {
                throw new StoreException("the disk is full.");
            };
            assertThatThrownBy(() -> bank.accounts().of("alice").request(new Account.Deposit(1), Consistency.FAST))
                    .isInstanceOfSatisfying(
                            RequestException.class,
                            failed -> assertThat(failed.fate()).isEqualTo(RequestException.Fate.UNKNOWN));
            bank.logger().expect(Logger.Priority.ERROR, "the disk is full");
            store.beforeWrite = _ -> {};
        }
    }

    @Test
    void whatIsUnknownIsNeverSaidToHaveChangedNothingByANodeThatHasStoppedMeanwhile() {
        host.begin(Node::found);
        var asking = new TinyNetwork.Asking(20_000);
        host.withNode((stopping, now) -> {
            stopping.stop("a test");
            var again = new Request(
                    new RequestId(7, 1), null, TinyNetwork.address("alice"), Bytes.EMPTY, null, Consistency.FAST);
            stopping.requestAgain(0, again, asking, now);
        });
        // Of the reasons that leave open whether the event was applied.
        assertThat(asking.failure).extracting(NoAnswer::reason).isEqualTo(NoAnswer.Reason.SHARD_STOPPED);
    }
}
