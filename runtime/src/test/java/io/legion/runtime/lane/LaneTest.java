package io.legion.runtime.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.Account;
import io.legion.core.Bytes;
import io.legion.core.Codec;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.EventCodecs;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.RequestId;
import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import io.legion.core.placement.StoppedCopies.Kind;
import io.legion.core.shard.Message;
import io.legion.core.shard.MessageCodec;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.PartitionTypes;
import io.legion.core.shard.Read;
import io.legion.core.shard.ReplicaStatus;
import io.legion.core.shard.Reply;
import io.legion.core.shard.Request;
import io.legion.runtime.storage.ShardLayout;
import io.legion.runtime.storage.ShardWipe;
import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.StoreException;
import io.legion.spi.StoreIdentity;
import io.legion.spi.WrappedStore;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A lane driven as the simulation does it: in one thread, at times of its own.
final class LaneTest {
    private static final PartitionAddress ALICE = new PartitionAddress(Account.TYPE.id(), PartitionKey.of("alice"));
    private static final PartitionAddress BOB = new PartitionAddress(Account.TYPE.id(), PartitionKey.of("bob"));

    /// The number of that kind of message.
    private static final int BEFORE = 19;

    private final RecordingLogger logger = RecordingLogger.open();
    private final WrappedStore store = new WrappedStore(TestLanes.memory());
    private final List<Reply> replies = new ArrayList<>();
    private final List<NoAnswer> failures = new ArrayList<>();
    private Lane lane = TestLanes.withoutShards();

    @AfterEach
    void nothingUnexpectedWasLogged() {
        logger.close();
    }

    private final class Listening implements Waiter {
        private final long deadlineMillis;

        Listening(long deadlineMillis) {
            this.deadlineMillis = deadlineMillis;
        }

        @Override
        public void replied(Reply reply) {
            replies.add(reply);
        }

        @Override
        public void failed(NoAnswer none) {
            failures.add(none);
        }

        @Override
        public long deadlineMillis() {
            return deadlineMillis;
        }
    }

    /// Does something while it hears its answer.
    private record Telling(Runnable action) implements Waiter {
        @Override
        public void replied(Reply reply) {
            action.run();
        }

        @Override
        public void failed(NoAnswer none) {
            throw new AssertionError(none.toString());
        }

        @Override
        public long deadlineMillis() {
            return Long.MAX_VALUE;
        }
    }

    private void open() {
        store.identify(new StoreIdentity(new UUID(1, 1), "bank", new NodeId(1), 1, 1, new TreeMap<>()));
        lane = TestLanes.lane(store, logger, 1);
    }

    /// @param others that are participants too, and silent
    private void found(NodeId... others) {
        open();
        var participants = new ArrayList<>(List.of(new NodeId(1)));
        participants.addAll(List.of(others));
        lane.found(0, participants);
        lane.flush();
    }

    private Request deposit(long number, Consistency consistency) {
        var event = new Account.Deposit(1);
        var payload = Bytes.wrap(Account.TYPE.eventCodecs().events().encode(event));
        return new Request(new RequestId(7, number), null, ALICE, payload, event, consistency);
    }

    /// R10: stored, then told.
    @Test
    void nothingIsToldBeforeItIsStored() {
        found();
        lane.request(0, deposit(1, Consistency.FAST), new Listening(9_000), 1_000);
        assertThat(replies).isEmpty();
        store.beforeWrite = _ -> assertThat(replies).isEmpty();
        lane.flush();
        assertThat(replies).hasSize(1);
    }

    @Test
    void allShardsInputsShareOneWriteAndNobodyIsRememberedAfterwards() {
        found();
        int before = store.writes;
        for (int i = 1; i <= 100; i++) {
            lane.request(0, deposit(i, Consistency.FINAL), new Listening(9_000), 1_000);
        }
        assertThat(lane.waiting()).isEqualTo(100);
        lane.flush();
        assertThat(replies).hasSize(100);
        assertThat(lane.waiting()).isZero();
        assertThat(store.writes - before).isLessThanOrEqualTo(2);
    }

    @Test
    void shardsWriteTheirCheckpointsInTurn() {
        store.identify(new StoreIdentity(new UUID(1, 1), "bank", new NodeId(1), 1, 64, new TreeMap<>()));
        lane = TestLanes.lane(store, logger, 64);
        for (int shard = 0; shard < 64; shard++) {
            lane.found(shard, List.of(new NodeId(1)));
            lane.flush();
            lane.request(shard, deposit(shard + 1, Consistency.FINAL), new Listening(9_000), 1_000);
        }
        lane.flush();
        assertThat(saved()).isEmpty();

        for (int tick = 1; tick <= 64; tick++) {
            lane.tick(4_000 + tick);
            lane.flush();
            assertThat(saved()).hasSize(tick);
        }
        lane.request(0, deposit(1_000, Consistency.FINAL), new Listening(9_000), 4_070);
        for (int tick = 65; tick <= 160; tick++) {
            lane.tick(4_000 + tick);
            lane.flush();
        }
        assertThat(lane.status(0).orElseThrow().saved())
                .as("its turn at tick 81 came a moment after it had begun to have something to write")
                .isEqualTo(1);
        lane.tick(7_000);
        lane.flush();
        assertThat(lane.status(0).orElseThrow().saved()).isEqualTo(2);
    }

    /// The shards whose stores have all that has folded.
    private List<Integer> saved() {
        return IntStream.range(0, 64)
                .filter(shard -> lane.status(shard).orElseThrow().saved() > 0)
                .boxed()
                .toList();
    }

    @Test
    void aWaiterMayGiveTheLaneItsNextInputWhileItIsTold() {
        found();
        lane.request(
                0,
                deposit(1, Consistency.FAST),
                new Telling(() -> lane.request(0, deposit(2, Consistency.FAST), new Listening(9_000), 1_000)),
                1_000);
        lane.flush();
        assertThat(replies).as("the next request is answered by the same flush").hasSize(1);
        assertThat(lane.waiting()).isZero();
    }

    /// R76: as long as the store is full, and not only until the next checkpoint would come.
    @Test
    void whileTheStoreIsFullAShardOfThisNodeAloneServesReadsAndThenGoesOn() {
        found();
        request(1, 1_000);
        assertThat(replies).hasSize(1);
        fill();
        request(2, 1_100);
        assertThat(failures).hasSize(1);
        for (long now = 1_200; now < 20_000; now += 50) {
            replies.clear();
            lane.tick(now);
            lane.read(0, new Read(ALICE, false), new Listening(90_000), now);
            lane.flush();
            assertThat(replies).hasSize(1);
        }
        request(3, 20_000);
        assertThat(failures)
                .extracting(NoAnswer::reason)
                .containsExactly(NoAnswer.Reason.NOT_AVAILABLE, NoAnswer.Reason.SHARD_STOPPED);
        assertThat(lane.stopped().values()).extracting(StoppedCopy::kind).containsExactly(Kind.STORE_FULL);
        store.beforeWrite = _ -> {};
        lane.tick(22_000);
        replies.clear();
        request(4, 22_000);
        assertThat(replies).hasSize(1);
        assertThat(lane.stopped()).isEmpty();
        assertThat(logger.messages(Logger.Priority.ERROR, "The store is full")).hasSize(1);
        logger.expect(Logger.Priority.ERROR, "The store is full");
    }

    /// R76: others may know more by now, so it serves nobody until it is read again.
    @Test
    void whileTheStoreIsFullAShardThatOthersHaveTooServesNothingAndThenIsReadAgain() {
        found(new NodeId(2));
        fill();
        request(1, 1_000);
        lane.read(0, new Read(ALICE, false), new Listening(90_000), 1_100);
        assertThat(failures).hasSize(2);
        assertThat(lane.status(0)).isEmpty();
        store.beforeWrite = _ -> {};
        lane.tick(5_000);
        assertThat(lane.status(0))
                .hasValueSatisfying(status -> assertThat(status.returning()).isTrue());
        logger.expect(Logger.Priority.ERROR, "The store is full");
    }

    /// R71: the news that another shard brings waits for room too.
    @Test
    void aShardThatWaitsForRoomHearsThenThatItsStoreIsAnOldCopy() {
        found(new NodeId(2));
        fill();
        request(1, 1_000);
        lane.oldCopyDetected(0, 1_100);
        store.beforeWrite = _ -> {};
        lane.tick(5_000);
        lane.flush();
        assertThat(lane.status(0))
                .hasValueSatisfying(status -> assertThat(status.phase()).isEqualTo(ReplicaStatus.Phase.OLD_COPY));
        logger.expect(Logger.Priority.ERROR, "The store is full");
        logger.expect(Logger.Priority.ERROR, "the store is older than what this node has told others");
        logger.allow(Logger.Priority.WARNING, "");
    }

    /// What a dropped replica has left goes before another one is opened, and that takes a write.
    @Test
    void aShardThatMeetsAFullStoreWhileItIsOpenedIsOpenedOnceThereIsRoom() {
        open();
        var dropped = new Batch();
        ShardWipe.begin(dropped, 0);
        store.write(dropped, Durability.FORCED);
        fill();
        lane.join(0, List.of(new NodeId(2)));
        assertThat(lane.stopped().values()).extracting(StoppedCopy::kind).containsExactly(Kind.STORE_FULL);
        store.beforeWrite = _ -> {};
        lane.tick(5_000);
        assertThat(lane.status(0))
                .hasValueSatisfying(status -> assertThat(status.phase()).isEqualTo(ReplicaStatus.Phase.COPYING));
        assertThat(lane.stopped()).isEmpty();
        logger.expect(Logger.Priority.ERROR, "The store is full");
    }

    /// A full disk may break as well.
    @Test
    void aStoreThatFailsWhileItIsFullStopsTheShardsThatWait() {
        found(new NodeId(2));
        fill();
        request(1, 1_000);
        store.beforeWrite = _ -> {
            throw new StoreException("the disk is broken.");
        };
        lane.tick(5_000);
        assertThat(lane.stopped().values()).extracting(StoppedCopy::kind).containsExactly(Kind.STORE_FAILED);
        logger.expect(Logger.Priority.ERROR, "The store is full");
        logger.expect(Logger.Priority.ERROR, "the disk is broken. Remove the cause and start this node again.");
    }

    /// A store on the edge takes small writes, and no others.
    @Test
    void aStoreHasRoomOnlyWhenItTakesMoreThanALittle() {
        found();
        fill();
        request(1, 1_000);
        store.beforeWrite = batch -> {
            if (batch.size() > 1_000) {
                throw new StoreException.Full("little room.");
            }
        };
        lane.tick(5_000);
        assertThat(lane.stopped().values()).extracting(StoppedCopy::kind).containsExactly(Kind.STORE_FULL);
        store.beforeWrite = _ -> {};
        lane.tick(7_000);
        assertThat(lane.stopped()).isEmpty();
        logger.expect(Logger.Priority.ERROR, "The store is full");
    }

    private void fill() {
        store.beforeWrite = _ -> {
            throw new StoreException.Full("no room.");
        };
    }

    private void request(long number, long nowMillis) {
        lane.request(0, deposit(number, Consistency.FAST), new Listening(90_000), nowMillis);
        lane.flush();
    }

    @Test
    void aShardThatStopsOverAnInputOfItsOwnWaiterSaysSoOnce() {
        found();
        lane.request(
                0,
                deposit(1, Consistency.FAST),
                new Telling(() -> {
                    failReads();
                    lane.read(0, new Read(BOB, false), new Listening(9_000), 1_000);
                }),
                1_000);
        lane.flush();
        assertThat(failures).extracting(NoAnswer::reason).containsExactly(NoAnswer.Reason.SHARD_STOPPED);
        assertThat(logger.messages(Logger.Priority.ERROR, "Shard 0 is stopped")).hasSize(1);
        logger.expect(Logger.Priority.ERROR, "the disk does not answer");
    }

    @Test
    void aWaiterThatFailsLeavesTheShardAndTheOtherWaitersAlone() {
        found();
        lane.request(
                0,
                deposit(1, Consistency.FAST),
                new Telling(() -> {
                    throw new IllegalStateException("planted");
                }),
                1_000);
        lane.request(0, deposit(2, Consistency.FAST), new Listening(9_000), 1_000);
        lane.flush();
        assertThat(replies).hasSize(1);
        assertThat(lane.status(0)).isPresent();
        logger.expect(Logger.Priority.ERROR, "An answer of shard 0 could not be taken in");
    }

    @Test
    void theInputOverWhichAShardStopsIsNamed() {
        found();
        failReads();
        lane.read(0, new Read(BOB, false), new Listening(9_000), 1_000);
        assertThat(failures)
                .singleElement()
                .extracting(NoAnswer::explanation)
                .asString()
                .contains("it could not take in a read: the disk does not answer");
        assertThat(lane.stopped().values()).extracting(StoppedCopy::kind).containsExactly(Kind.UNREADABLE);
        logger.expect(Logger.Priority.ERROR, "it could not take in a read");
    }

    /// Nothing is damaged: another program has to be started.
    @Test
    void aShardWithPartitionsOfATypeThatTheProgramLacksIsNotDamaged() {
        found(new NodeId(2));
        request(1, 1_000);
        assertThat(replies).hasSize(1);
        lane = TestLanes.lane(store, logger, 1, new PartitionTypes(List.of()));
        lane.recover(0, List.of());
        assertThat(lane.stopped().values()).singleElement().satisfies(copy -> {
            assertThat(copy.kind()).isEqualTo(Kind.RELEASE);
            assertThat(copy.reason()).contains("which this service does not have");
        });
        logger.expect(Logger.Priority.ERROR, "does not run what its shards need");
    }

    /// Reads nothing, as the codec of a release with another form of the same class.
    private record Newer<T>(Codec<T> writes) implements Codec<T> {
        @Override
        public boolean isImmutable() {
            return true;
        }

        @Override
        public byte[] encode(T value) {
            return writes.encode(value);
        }

        @Override
        public T decode(byte[] bytes) {
            throw new IllegalArgumentException("planted");
        }
    }

    private record NewerEvents(EventCodecs<Account> inside) implements EventCodecs<Account> {
        @Override
        public Codec<Event<Account, ?>> events() {
            return new Newer<>(inside.events());
        }

        @Override
        public <O> Codec<O> outputs(Event<Account, O> event) {
            return inside.outputs(event);
        }
    }

    /// An event that has not folded is read when the shard is.
    @Test
    void aShardWithEventsThatTheProgramCanNotReadIsNotDamaged() {
        found(new NodeId(2));
        request(1, 1_000);
        recoverWith(PartitionType.named("account", new Account(0, ""))
                .events(Account.TYPE.stateCodec(), new NewerEvents(Account.TYPE.eventCodecs())));
        assertStoppedByTheProgram();
        logger.expect(Logger.Priority.ERROR, "it could not be opened: planted");
    }

    /// A state is read when somebody needs it.
    @Test
    void aShardWithStatesThatTheProgramCanNotReadIsNotDamaged() {
        found();
        byte[] state = Account.TYPE.stateCodec().encode(new Account(1, ""));
        store.write(new Batch().put(ShardLayout.state(0, BOB), state), Durability.MEMORY);
        recoverWith(PartitionType.named("account", new Account(0, ""))
                .events(new Newer<>(Account.TYPE.stateCodec()), Account.TYPE.eventCodecs()));
        assertThat(lane.stopped()).isEmpty();
        lane.read(0, new Read(BOB, false), new Listening(9_000), 2_000);
        assertStoppedByTheProgram();
        logger.expect(Logger.Priority.ERROR, "cannot be read: planted");
    }

    private void recoverWith(PartitionType<Account> type) {
        lane = TestLanes.lane(store, logger, 1, new PartitionTypes(List.of(type)));
        lane.recover(0, List.of());
    }

    private void assertStoppedByTheProgram() {
        assertThat(lane.stopped().values()).singleElement().satisfies(copy -> {
            assertThat(copy.kind()).isEqualTo(Kind.OTHER);
            assertThat(copy.reason()).contains("planted");
        });
    }

    private void failReads() {
        store.beforeGet = () -> {
            throw new StoreException("the disk does not answer.");
        };
    }

    @Test
    void whoWaitsInVainIsToldWhenTheTimeComes() {
        found(new NodeId(2));
        lane.request(0, deposit(1, Consistency.FINAL), new Listening(2_000), 1_000);
        lane.flush();
        assertThat(lane.needsTicks()).isTrue();
        lane.tick(1_999);
        lane.flush();
        assertThat(failures).isEmpty();
        lane.tick(2_000);
        lane.flush();
        assertThat(failures).extracting(NoAnswer::reason).containsExactly(NoAnswer.Reason.TIMED_OUT);
        assertThat(lane.waiting()).isZero();
    }

    @Test
    void closingTellsWhoWaits() {
        found(new NodeId(2));
        lane.request(0, deposit(1, Consistency.FINAL), new Listening(2_000), 1_000);
        lane.flush();
        lane.close();
        assertThat(failures).extracting(NoAnswer::reason).containsExactly(NoAnswer.Reason.CLOSED_MEANWHILE);
        lane.request(0, deposit(2, Consistency.FAST), new Listening(2_000), 1_000);
        assertThat(failures).hasSize(2);
    }

    @Test
    void aShardThatIsNotHostedHereIsNotAvailable() {
        lane.request(0, deposit(1, Consistency.FAST), new Listening(2_000), 1_000);
        assertThat(failures).extracting(NoAnswer::reason).containsExactly(NoAnswer.Reason.NOT_AVAILABLE);
    }

    /// As it comes from another node, which takes this one for a participant.
    private static Message before(ParticipantId of) {
        var out = new WireOutput();
        out.writeByte(BEFORE);
        out.varLong(of.epoch());
        for (var participant : List.of(new ParticipantId(new NodeId(2), 0), of)) {
            out.fixed64(participant.node().value());
            out.varLong(participant.epoch());
        }
        out.varLong(0);
        out.flag(false);
        return MessageCodec.read(new WireInput(out.toByteArray()));
    }

    @Test
    void whatOthersKnowOfANodeWhoseStoreCanNotBeReadStopsThatShardOnce() {
        open();
        failReads();
        for (int i = 0; i < 3; i++) {
            lane.receive(0, new NodeId(2), before(new ParticipantId(new NodeId(1), 3)), 1_000);
            lane.flush();
        }
        assertThat(lane.status(0)).isEmpty();
        logger.expect(Logger.Priority.ERROR, "the disk does not answer");
    }
}
