package io.legion.runtime.call;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.legion.Account;
import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.PartitionKey;
import io.legion.core.RequestId;
import io.legion.core.placement.Reachability;
import io.legion.core.shard.Message;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.PartitionTypes;
import io.legion.core.shard.Read;
import io.legion.core.shard.Reply;
import io.legion.core.shard.Request;
import io.legion.memory.SoloCluster;
import io.legion.runtime.frame.Item;
import io.legion.runtime.frame.ShardView;
import io.legion.runtime.lane.NoAnswer;
import io.legion.runtime.lane.Outgoing;
import io.legion.runtime.lane.TestLanes;
import io.legion.runtime.lane.Waiter;
import io.legion.runtime.node.NodeSettings;
import io.legion.runtime.node.NodeSetup;
import io.legion.runtime.node.NodeState;
import io.legion.service.RecordingLogger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a caller hears of its event's fate, whatever several nodes say one after the other.
final class RoutingTest {
    private static final NodeId SELF = new NodeId(1);
    private static final List<NodeId> OTHERS = List.of(new NodeId(2), new NodeId(3));
    private static final long NOW = 1_000_000;
    private static final long PATIENCE = 10_000;
    private static final PartitionAddress ALICE = new PartitionAddress(Account.TYPE.id(), PartitionKey.of("alice"));

    private final RecordingLogger logger = RecordingLogger.open();
    private final NodeState state = state();
    private final Calls calls = new Calls(new PartitionTypes(List.of(Account.TYPE)));
    private final Routing routing = new Routing(state, calls);
    private final Heard heard = new Heard();

    /// The number of the only call.
    private long call;

    private NodeState state() {
        var lane = TestLanes.setup(SELF, TestLanes.memory(), logger, 1);
        var made = new NodeState(new NodeSetup(lane, NodeSettings.defaults(1), SoloCluster.open(), 1), new Nowhere());
        made.nowMillis = NOW;
        made.reachability = new Reachability(SELF, NOW);
        OTHERS.forEach(made.reachability::joined);
        made.directory.learn(new ShardView(
                0, 1, OTHERS.stream().map(node -> new ParticipantId(node, 0)).toList()));
        return made;
    }

    private record Nowhere() implements Outgoing {
        @Override
        public void send(int shard, NodeId to, Message message) {}

        @Override
        public void resubmit(int shard, Request request) {}
    }

    private static final class Heard implements Waiter {
        @Nullable
        Reply reply;

        @Nullable
        NoAnswer none;

        final List<String> turnedAway = new ArrayList<>();

        @Override
        public void replied(Reply told) {
            reply = told;
        }

        @Override
        public void failed(NoAnswer why) {
            none = why;
        }

        @Override
        public void turnedAway(String who) {
            turnedAway.add(who);
        }

        @Override
        public long deadlineMillis() {
            return NOW + PATIENCE;
        }

        boolean isOpen() {
            return reply == null && none == null;
        }
    }

    private void request() {
        var payload = Bytes.wrap(Account.TYPE.eventCodecs().events().encode(new Account.Deposit(5)));
        call = state.nextNumber() + 1;
        routing.request(0, new Request(RequestId.of("order"), null, ALICE, payload, null, Consistency.FINAL), heard);
    }

    /// The node that is being asked.
    private NodeId asked() {
        return requireNonNull(requireNonNull(calls.find(call), "the call is under way").target, "a node is asked");
    }

    private void refuse(Reply.Refusal reason) {
        routing.told(asked(), new Item.ReplyRefusal(call, reason, null, "because " + reason, null));
    }

    private void pass(long millis) {
        for (long end = state.nowMillis + millis; state.nowMillis < end && heard.isOpen(); ) {
            state.nowMillis += 50;
            routing.tick();
        }
    }

    private void assertUnderWay(NoAnswer.Reason reason, Reply.Refusal refusal) {
        assertThat(heard.none).satisfies(none -> {
            assertThat(none.reason()).isEqualTo(reason);
            assertThat(none.underWay()).isTrue();
            assertThat(none.explanation()).contains("because " + refusal, "may be applied there");
        });
    }

    @Test
    void aRefusalOfTheOnlyNodeThatWasAskedMeansThatNothingWasChanged() {
        for (Reply.Refusal reason : List.of(Reply.Refusal.OVERLOADED, Reply.Refusal.UNREADABLE)) {
            heard.reply = null;
            request();
            refuse(reason);
            assertThat(heard.reply).isEqualTo(new Reply.Refused(reason, null, "because " + reason));
        }
    }

    /// R84: another node may have entered the epoch in which the version, or the type, is active.
    @Test
    void aCallThatIsNotActiveOnOneNodeGoesToTheOthersFirst() {
        request();
        NodeId first = asked();
        refuse(Reply.Refusal.NOT_ACTIVE);
        assertThat(asked()).isNotEqualTo(first);
        refuse(Reply.Refusal.NOT_ACTIVE);
        assertThat(heard.reply).isEqualTo(new Reply.Refused(Reply.Refusal.NOT_ACTIVE, null, "because NOT_ACTIVE"));
        assertThat(heard.turnedAway).hasSize(2);
    }

    @Test
    void aRefusalAfterANodeThatWentAwayDoesNotSayWhatBecameOfTheEvent() {
        request();
        NodeId first = asked();
        state.reachability.left(first, state.nowMillis);
        routing.left(first);
        refuse(Reply.Refusal.OVERLOADED);
        assertUnderWay(NoAnswer.Reason.REPLICA_OVERLOADED, Reply.Refusal.OVERLOADED);
    }

    @Test
    void aRefusalAfterASilentNodeDoesNotSayWhatBecameOfTheEvent() {
        request();
        NodeId first = asked();
        for (int i = 0; i < 200 && asked().equals(first); i++) {
            pass(50);
        }
        refuse(Reply.Refusal.UNREADABLE);
        assertUnderWay(NoAnswer.Reason.UNREADABLE, Reply.Refusal.UNREADABLE);
        assertThat(heard.turnedAway).singleElement().asString().contains("no sign of life");
    }

    @Test
    void aRefusalAfterAShardThatStoppedMeanwhileDoesNotSayWhatBecameOfTheEvent() {
        request();
        refuse(Reply.Refusal.INTERRUPTED);
        refuse(Reply.Refusal.ID_REUSED);
        assertUnderWay(NoAnswer.Reason.ID_REUSED, Reply.Refusal.ID_REUSED);
    }

    @Test
    void aCallThatEveryNodeTurnsAwayEndsBeforeItsDeadlineAndSaysWhy() {
        request();
        while (heard.isOpen()) {
            Call underWay = calls.find(call);
            if (underWay != null && underWay.target != null) {
                refuse(Reply.Refusal.NOT_NOW);
            }
            pass(50);
        }
        assertThat(state.nowMillis).isLessThanOrEqualTo(NOW + PATIENCE - 50);
        assertThat(heard.none).satisfies(none -> {
            assertThat(none.reason()).isEqualTo(NoAnswer.Reason.NOT_AVAILABLE);
            assertThat(none.underWay()).isFalse();
            assertThat(none.explanation()).contains("because NOT_NOW", "Nothing was changed");
        });
    }

    @Test
    void aCallThatANodeMayHaveTakenEndsAtItsDeadlineAsUnknown() {
        request();
        refuse(Reply.Refusal.INTERRUPTED);
        while (heard.isOpen()) {
            Call underWay = calls.find(call);
            if (underWay != null && underWay.target != null) {
                refuse(Reply.Refusal.NOT_NOW);
            }
            pass(50);
        }
        assertThat(heard.none).satisfies(none -> {
            assertThat(none.reason()).isEqualTo(NoAnswer.Reason.TIMED_OUT);
            assertThat(none.explanation()).contains("because NOT_NOW", "may be applied or not");
        });
    }

    @Test
    void aReadChangesNothingWhoeverWasAsked() {
        call = state.nextNumber() + 1;
        routing.read(0, new Read(ALICE, true), heard);
        refuse(Reply.Refusal.INTERRUPTED);
        refuse(Reply.Refusal.OVERLOADED);
        assertThat(heard.reply).isInstanceOf(Reply.Refused.class);
    }
}
