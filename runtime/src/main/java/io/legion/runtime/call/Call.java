package io.legion.runtime.call;

import static java.util.Objects.requireNonNull;

import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.shard.Read;
import io.legion.core.shard.Request;
import io.legion.runtime.flight.HopFlight;
import io.legion.runtime.frame.Item;
import io.legion.runtime.lane.Lane;
import io.legion.runtime.lane.NoAnswer;
import io.legion.runtime.lane.Waiter;
import io.legion.runtime.trace.Trace;
import io.legion.service.TraceContext;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A request or a read on its way through the cluster.
final class Call {
    final long number;
    final int shard;
    final Waiter waiter;

    /// What the caller asks: a request, or else a read.
    private final @Nullable Request request;

    private final @Nullable Read read;

    /// The id under which the request was first accepted, once that is known (R4).
    @Nullable
    EventId birth;

    /// A replica may have taken the event in: whatever another one says, it may be applied or not.
    private boolean underWay;

    /// What the last node said that turned the call away; null while none did.
    @Nullable
    String refusal;

    /// What a participant said in which the event's version is not active; null while none did.
    @Nullable
    String notActive;

    /// The node that is being asked; null while there is none.
    @Nullable
    NodeId target;

    /// Tells the answers of this node's own replica apart.
    int attempt;

    /// The nodes that turned the call away in this round; null for none, as most calls end at the first node.
    private @Nullable TreeSet<NodeId> avoided;

    /// While nobody can be asked, it goes on looking until then.
    long unaskedUntilMillis;

    /// A participant that was asked lacks what the caller's session has seen.
    boolean behind;

    int rounds;
    int silences;
    long waitMillis;
    long nextMillis;

    /// Records the way to another node and back; null while it is not on one, or nobody records it.
    private @Nullable HopFlight hop;

    /// The next call at the same place of its [CallTable].
    @Nullable
    Call below;

    private Call(long number, int shard, Waiter waiter, @Nullable Request request, @Nullable Read read) {
        this.number = number;
        this.shard = shard;
        this.waiter = waiter;
        this.request = request;
        this.read = read;
        this.birth = request == null ? null : request.birth();
    }

    static Call request(long number, int shard, Request request, Waiter waiter) {
        return new Call(number, shard, waiter, request, null);
    }

    static Call read(long number, int shard, Read read, Waiter waiter) {
        return new Call(number, shard, waiter, null, read);
    }

    /// A replica may have taken the event in. A read changes nothing wherever it comes to.
    void takenPerhaps() {
        underWay = request != null;
    }

    boolean isUnderWay() {
        return underWay;
    }

    /// What its caller does not know when its time is over.
    String doubt() {
        return request == null
                ? ""
                : ". The event may be applied or not; a retry with the same request id changes the state at most once";
    }

    /// Why it gets no answer, with what is known of its event.
    NoAnswer none(NoAnswer.Reason reason, String explanation) {
        var none = new NoAnswer(reason, explanation);
        return underWay ? none.meanwhile() : none;
    }

    boolean avoids(NodeId node) {
        return avoided != null && avoided.contains(node);
    }

    void avoid(NodeId node) {
        if (avoided == null) {
            avoided = new TreeSet<>();
        }
        avoided.add(node);
    }

    void avoidNobody() {
        avoided = null;
    }

    /// As a message to another node.
    Item item(long remainingMillis) {
        return request == null
                ? new Item.AskRead(number, shard, remainingMillis, requireNonNull(read))
                : new Item.Ask(number, shard, remainingMillis, request.again(birth, request.consistency()), towards());
    }

    private @Nullable TraceContext towards() {
        Trace trace = waiter.trace();
        return trace == null ? null : trace.towards();
    }

    /// It sets out to another node.
    void setsOut(NodeId to) {
        Trace trace = waiter.trace();
        if (trace != null) {
            trace.setsOut(to);
        }
        var flight = new HopFlight();
        if (flight.isEnabled()) {
            flight.begin();
            hop = flight;
        }
    }

    /// It is back from there, or given up.
    void isBack() {
        if (hop != null && target != null) {
            hop.back(shard, target);
        }
        hop = null;
        Trace trace = waiter.trace();
        if (trace != null) {
            trace.isBack();
        }
    }

    /// Asks this node's own replica.
    void ask(Lane lane, Waiter told, long nowMillis) {
        if (request == null) {
            lane.read(shard, requireNonNull(read), told, nowMillis);
        } else {
            lane.request(shard, request.again(birth, request.consistency()), told, nowMillis);
        }
    }

    /// When the caller waits no longer.
    long deadlineMillis() {
        return waiter.deadlineMillis();
    }
}
