package io.legion.runtime.call;

import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.shard.Read;
import io.legion.core.shard.Reply;
import io.legion.core.shard.Request;
import io.legion.runtime.frame.Item;
import io.legion.runtime.lane.NoAnswer;
import io.legion.runtime.lane.Waiter;
import io.legion.runtime.node.Candidates;
import io.legion.runtime.node.NodeState;
import io.legion.runtime.trace.Trace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Brings requests and reads to a participant of their shard: this node, or one hop away. Tries again, under
/// the same request id, until there is an answer or the caller waits no longer; so waiting survives the removal
/// of the participant that was asked (R28).
public final class Routing {
    /// How often this node asks a reachable node again without a sign of life, before it asks another one.
    private static final int SILENCES = 3;

    private static final long LONGEST_WAIT_MILLIS = 4_000;

    /// A call that nobody can be asked about ends this long before its deadline, so that its caller hears why
    /// before the caller's own time is over; or after three quarters of a short time.
    private static final long EARLIER_MILLIS = 120;

    private final NodeState state;
    private final Calls calls;
    private final Candidates candidates;

    public Routing(NodeState state, Calls calls) {
        this.state = state;
        this.calls = calls;
        this.candidates = new Candidates(state);
    }

    public void request(int shard, Request request, Waiter waiter) {
        start(Call.request(state.nextNumber(), shard, request, waiter));
    }

    /// As [#request], for a request that a replica got already.
    public void requestAgain(int shard, Request request, Waiter waiter) {
        Call call = Call.request(state.nextNumber(), shard, request, waiter);
        call.takenPerhaps();
        start(call);
    }

    public void read(int shard, Read read, Waiter waiter) {
        start(Call.read(state.nextNumber(), shard, read, waiter));
    }

    private void start(Call call) {
        if (calls.take(call)) {
            long time = call.deadlineMillis() - state.nowMillis;
            call.unaskedUntilMillis = call.deadlineMillis() - Math.min(EARLIER_MILLIS, Math.max(0, time / 4));
            dispatch(call);
        }
    }

    /// Asks the next node; if there is none, asks all of them again after a while.
    private void dispatch(Call call) {
        call.isBack();
        call.attempt++;
        call.silences = 0;
        call.target = choose(call.shard, call);
        if (call.target == null && call.notActive != null) {
            ended(call, NoAnswer.Reason.NOT_ACTIVE, Reply.Refusal.NOT_ACTIVE, call.notActive);
        } else if (call.target == null) {
            call.avoidNobody();
            call.rounds++;
            call.nextMillis = state.nowMillis + backoff(call);
            if (call.behind && call.nextMillis >= call.deadlineMillis()) {
                expire(call);
            }
        } else if (call.target.equals(state.self)) {
            call.nextMillis = Long.MAX_VALUE;
            call.ask(state.lane, new OwnAnswer(call, call.attempt), state.nowMillis);
        } else {
            call.waitMillis = state.settings.retryMillis();
            call.setsOut(call.target);
            send(call, call.target);
        }
    }

    private void send(Call call, NodeId target) {
        long deadline = call.deadlineMillis();
        long remaining = deadline == Long.MAX_VALUE ? Long.MAX_VALUE : deadline - state.nowMillis;
        state.mail.add(target, call.item(Math.max(1, remaining)));
        call.nextMillis = state.nowMillis + call.waitMillis;
    }

    /// What a session has seen mostly arrives in a moment.
    private long backoff(Call call) {
        long longest = call.behind ? LONGEST_WAIT_MILLIS / 40 : LONGEST_WAIT_MILLIS / 4;
        long wait = Math.min(longest, 20L << Math.min(call.rounds, 6));
        return wait / 2 + state.jitter(wait);
    }

    /// True if this node is the first reachable participant.
    public boolean isPreferred(int shard) {
        return candidates.isPreferred(shard);
    }

    /// The known participants, the preferred one first.
    public List<NodeId> participants(int shard) {
        return candidates.participants(shard);
    }

    /// The nodes of these participants, the preferred one first.
    public List<NodeId> preferred(int shard, List<ParticipantId> participants) {
        return candidates.preferred(shard, participants);
    }

    /// True if a request for the shard goes to this node first now.
    public boolean isAskedFirst(int shard) {
        return state.self.equals(choose(shard, null));
    }

    /// The best reachable participant that has not turned the call away; if no participant is known, any other
    /// node, which may know one.
    private @Nullable NodeId choose(int shard, @Nullable Call call) {
        for (NodeId node : candidates.of(shard)) {
            if (state.reachability.isReachable(node) && (call == null || !call.avoids(node))) {
                return node;
            }
        }
        return null;
    }

    public void told(NodeId from, Item.ReplyRefusal told) {
        Call call = calls.find(told.number());
        if (call != null && from.equals(call.target)) {
            refused(call, told.reason(), told.birth(), told.explanation());
        }
    }

    /// The node that was asked is working on the call.
    public void waiting(NodeId from, long number) {
        Call call = calls.find(number);
        if (call != null && from.equals(call.target)) {
            call.silences = 0;
        }
    }

    private void refused(Call call, Reply.Refusal reason, @Nullable EventId birth, String explanation) {
        call.birth = call.birth == null ? birth : call.birth;
        switch (reason) {
            case NOT_A_PARTICIPANT, NOT_NOW -> askAnother(call, birth != null, explanation);
            case BEHIND_SESSION -> {
                call.behind = true;
                askAnother(call, birth != null, explanation);
            }
            case INTERRUPTED -> askAnother(call, true, explanation);
            case NOT_ACTIVE -> {
                call.notActive = explanation;
                askAnother(call, birth != null, explanation);
            }
            case OVERLOADED -> ended(call, NoAnswer.Reason.REPLICA_OVERLOADED, reason, explanation);
            case UNREADABLE -> ended(call, NoAnswer.Reason.UNREADABLE, reason, explanation);
            case ID_REUSED -> ended(call, NoAnswer.Reason.ID_REUSED, reason, explanation);
            case SESSION_LOST -> ended(call, NoAnswer.Reason.TIMED_OUT, reason, explanation);
            case ALREADY_APPLIED, TOO_OLD ->
                calls.replied(call.number, new Reply.Refused(reason, call.birth, explanation));
        }
    }

    /// A node did not answer the call; another one may.
    ///
    /// @param taken true if that node may have taken the event in
    private void askAnother(Call call, boolean taken, String explanation) {
        if (taken) {
            call.takenPerhaps();
        }
        call.refusal = (state.self.equals(call.target) ? "this node" : "node " + call.target) + ": " + explanation;
        call.waiter.turnedAway(call.refusal);
        next(call);
    }

    /// The call ends with a refusal. If another node may have taken the event in, that decides about its fate.
    private void ended(Call call, NoAnswer.Reason none, Reply.Refusal reason, String explanation) {
        if (call.isUnderWay()) {
            calls.failed(
                    call,
                    call.none(
                            none,
                            explanation + ". Before that, this node had asked a node that gave no answer: the event may"
                                    + " be applied there; a retry with the same request id changes the state at most"
                                    + " once"));
        } else {
            calls.replied(call.number, new Reply.Refused(reason, call.birth, explanation));
        }
    }

    private void next(Call call) {
        if (call.target != null) {
            call.avoid(call.target);
        }
        dispatch(call);
    }

    /// Calls that this node asked there go elsewhere.
    public void left(NodeId node) {
        for (Call call : calls.all()) {
            if (node.equals(call.target)) {
                call.takenPerhaps();
                call.refusal = "node " + node + ": it cannot be reached any more";
                call.waiter.turnedAway(call.refusal);
                dispatch(call);
            }
        }
    }

    public void tick() {
        for (Call call : calls.all()) {
            if (isOver(call)) {
                expire(call);
            } else if (call.nextMillis <= state.nowMillis) {
                again(call);
            }
        }
    }

    private boolean isOver(Call call) {
        return (call.target == null ? call.unaskedUntilMillis : call.deadlineMillis()) <= state.nowMillis;
    }

    /// A call that every node has turned away, without taking the event in, has changed nothing.
    private void expire(Call call) {
        boolean unserved = call.behind && call.target == null && !call.isUnderWay() && call.birth == null;
        if (unserved) {
            calls.failed(
                    call,
                    new NoAnswer(
                            NoAnswer.Reason.SESSION_NOT_REACHED,
                            "no node that could be reached within the time allowed has what the session has seen of"
                                    + " shard " + call.shard + ". Nothing was changed; try again later, or without"
                                    + " the session"));
            return;
        }
        boolean unasked = call.target == null && !call.isUnderWay();
        String last = call.refusal == null ? "" : "; the last one asked was " + call.refusal;
        calls.failed(
                call,
                unasked
                        ? call.none(
                                NoAnswer.Reason.NOT_AVAILABLE,
                                "no participant of shard " + call.shard
                                        + " could be reached, or would serve it, within the time allowed" + last
                                        + ". Nothing was changed; try again later")
                        : call.none(
                                NoAnswer.Reason.TIMED_OUT, "no answer within the time allowed" + last + call.doubt()));
    }

    private void again(Call call) {
        NodeId target = call.target;
        if (target == null) {
            dispatch(call);
            return;
        }
        // From now on only an answer tells whether it took the event in.
        call.takenPerhaps();
        if (++call.silences > SILENCES) {
            askAnother(call, true, "it gave no sign of life");
        } else {
            call.waitMillis = Math.max(call.waitMillis, Math.min(LONGEST_WAIT_MILLIS, 2 * call.waitMillis));
            send(call, target);
        }
    }

    /// Hears this node's own replica.
    private final class OwnAnswer implements Waiter {
        private final Call call;
        private final int attempt;

        OwnAnswer(Call call, int attempt) {
            this.call = call;
            this.attempt = attempt;
        }

        @Override
        public void replied(Reply reply) {
            switch (reply) {
                case Reply.Answered _, Reply.State _ -> calls.replied(call.number, reply);
                case Reply.Refused refusal -> take(refusal);
            }
        }

        private void take(Reply.Refused refusal) {
            if (isAwaited()) {
                refused(call, refusal.reason(), refusal.birth(), refusal.explanation());
            }
        }

        @Override
        public void failed(NoAnswer none) {
            if (!isAwaited()) {
                return;
            }
            boolean elsewhere = switch (none.reason()) {
                case NOT_AVAILABLE -> true;
                case SHARD_STOPPED -> !candidates.isNowhereElse(call.shard);
                case OVERLOADED,
                        REPLICA_OVERLOADED,
                        TIMED_OUT,
                        CLOSED,
                        CLOSED_MEANWHILE,
                        ALREADY_APPLIED,
                        TOO_OLD,
                        SESSION_NOT_REACHED,
                        SESSION_LOST,
                        UNREADABLE,
                        NOT_ACTIVE,
                        ID_REUSED -> false;
            };
            if (elsewhere) {
                askAnother(call, none.underWay(), none.explanation());
            } else {
                calls.failed(call, call.isUnderWay() ? none.meanwhile() : none);
            }
        }

        @Override
        public @Nullable Trace trace() {
            return call.waiter.trace();
        }

        private boolean isAwaited() {
            return attempt == call.attempt && calls.find(call.number) != null;
        }

        @Override
        public long deadlineMillis() {
            return call.deadlineMillis();
        }
    }
}
