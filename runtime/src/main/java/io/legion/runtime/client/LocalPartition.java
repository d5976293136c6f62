package io.legion.runtime.client;

import io.legion.Partition;
import io.legion.RequestException;
import io.legion.Session;
import io.legion.core.Answer;
import io.legion.core.Bytes;
import io.legion.core.Codec;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.Outcome;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.RequestId;
import io.legion.core.codec.Lending;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.Read;
import io.legion.core.shard.Reply;
import io.legion.core.shard.Request;
import io.legion.core.shard.Seen;
import io.legion.runtime.flight.RequestFlight;
import io.legion.runtime.host.DirectCall;
import io.legion.runtime.trace.Trace;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// One partition, as this node brings requests to it.
final class LocalPartition<S> implements Partition<S> {
    /// The nanoseconds of a longer time, added to a clock's, could overflow.
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final PartitionType<S> type;
    private final CallerContext callers;
    private final UUID cluster;
    private final PartitionAddress address;
    private final int shard;
    private final Duration timeout;
    private final @Nullable LocalSession session;

    LocalPartition(
            PartitionType<S> type,
            CallerContext callers,
            UUID cluster,
            PartitionAddress address,
            int shard,
            Duration timeout,
            @Nullable LocalSession session) {
        this.type = type;
        this.callers = callers;
        this.cluster = cluster;
        this.address = address;
        this.shard = shard;
        this.timeout = timeout;
        this.session = session;
    }

    @Override
    public PartitionKey key() {
        return address.key();
    }

    @Override
    public Partition<S> within(Duration time) {
        if (!time.isPositive() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a call can wait for an answer for more than 0 and at most "
                    + LONGEST.toDays() + " days, not " + time);
        }
        return new LocalPartition<>(type, callers, cluster, address, shard, time, session);
    }

    @Override
    public Partition<S> in(Session of) {
        var local = LocalSession.of(of, cluster);
        return new LocalPartition<>(type, callers, cluster, address, shard, timeout, local);
    }

    @Override
    public RequestId nextRequestId() {
        return callers.ids().next(shard);
    }

    @Override
    public boolean isServedHere() {
        return callers.host().ask(node -> node.isPreferred(shard));
    }

    @Override
    public <O> Answer<O> request(Event<S, O> event, Consistency consistency) {
        return request(event, consistency, nextRequestId());
    }

    @Override
    public <O> Answer<O> request(Event<S, O> event, Consistency consistency, RequestId id) {
        long begin = System.nanoTime();
        var flight = new RequestFlight();
        flight.begin();
        try {
            var request = asRequest(event, consistency, id);
            var answer = answer(outputs(event), request, tracedReply(request, begin));
            callers.meters().answered(consistency, System.nanoTime() - begin);
            return answer;
        } finally {
            flight.ended(type.name(), shard, consistency);
        }
    }

    private Reply.Answered tracedReply(Request request, long begin) {
        Trace trace = trace(request);
        if (trace == null) {
            return reply(request, begin, null);
        }
        try {
            var reply = reply(request, begin, trace);
            Trace.answered(trace);
            return reply;
        } catch (Throwable failure) {
            Trace.failed(trace, failure.toString());
            throw failure;
        }
    }

    private @Nullable Trace trace(Request request) {
        return callers.trace(type.name(), shard, request.consistency());
    }

    private Reply.Answered reply(Request request, long begin, @Nullable Trace trace) {
        long deadlineMillis = callers.deadlineMillis(timeout);
        boolean unknown = false;
        if (request.consistency() == Consistency.FAST) {
            var direct = new DirectCall(shard, request, deadlineMillis, trace);
            callers.direct(direct, request.id());
            Reply.Answered answer = direct.answer();
            if (answer != null) {
                return answer;
            }
            unknown = direct.isUnknown();
        }
        return awaited(request, deadlineMillis, unknown, begin + timeout.toNanos(), trace);
    }

    private Reply.Answered awaited(
            Request request, long deadlineMillis, boolean unknown, long endNanos, @Nullable Trace trace) {
        var slot = new Slot<Reply.Answered>();
        if (unknown) {
            callers.runAgain(
                    requestCall(
                            (node, waiter, now) -> node.requestAgain(shard, request, waiter, now),
                            slot,
                            deadlineMillis,
                            trace),
                    slot,
                    endNanos);
        } else {
            callers.run(requestCall(request, slot, deadlineMillis, trace), slot, request.id(), endNanos);
        }
        var answer = slot.answer(callers, request.id());
        if (answer != null) {
            return answer;
        }
        throw callers.unanswered("", slot, timeout, request.id());
    }

    @Override
    public <O> CompletionStage<Answer<O>> requestAsync(Event<S, O> event, Consistency consistency) {
        return requestAsync(event, consistency, nextRequestId());
    }

    @Override
    public <O> CompletionStage<Answer<O>> requestAsync(Event<S, O> event, Consistency consistency, RequestId id) {
        long begin = System.nanoTime();
        var request = asRequest(event, consistency, id);
        var outputs = outputs(event);
        var stage = new CompletableFuture<Reply.Answered>();
        var to = new StageReply<>(stage, callers, id);
        Trace trace = trace(request);
        var answered = stage.thenApply(reply -> {
            Trace.answered(trace);
            var answer = answer(outputs, request, reply);
            callers.meters().answered(consistency, System.nanoTime() - begin);
            return answer;
        });
        if (trace != null) {
            var _ = stage.whenComplete((_, failure) -> {
                if (failure != null) {
                    Trace.failed(trace, failure.toString());
                }
            });
        }
        try {
            callers.start(requestCall(request, to, callers.deadlineMillis(timeout), trace), id);
        } catch (RuntimeException refused) {
            Trace.failed(trace, refused.toString());
            throw refused;
        }
        return answered;
    }

    private PartitionCall<Reply.Answered> requestCall(
            Request request, ReplyTo<Reply.Answered> to, long deadlineMillis, @Nullable Trace trace) {
        return requestCall((node, waiter, now) -> node.request(shard, request, waiter, now), to, deadlineMillis, trace);
    }

    private static PartitionCall<Reply.Answered> requestCall(
            PartitionCall.Question question, ReplyTo<Reply.Answered> to, long deadlineMillis, @Nullable Trace trace) {
        return new PartitionCall<>(question, Reply.Answered.class, to, deadlineMillis, trace);
    }

    private Codec<Event<S, ?>> events() {
        return type.eventCodecs().events();
    }

    private <O> Codec<O> outputs(Event<S, O> event) {
        return type.eventCodecs().outputs(event);
    }

    private <O> Answer<O> answer(Codec<O> outputs, Request request, Reply.Answered reply) {
        saw(request.seen(), reply.seen());
        var outcome = Answers.outcome(reply, outputs, request.id());
        if (outcome instanceof Outcome.Failure<O>(var reason) && request.event() != null) {
            callers.meters().failed(type.name(), request.event().getClass(), request.id(), reason);
        }
        return new Answer<>(outcome, reply.consistency(), reply.id(), request.id());
    }

    private static RequestException caused(RequestException failure, Throwable cause) {
        failure.initCause(cause);
        return failure;
    }

    private Request asRequest(Event<S, ?> event, Consistency consistency, RequestId id) {
        Event<S, ?> own;
        int version;
        byte[] bytes;
        try {
            // A caller may go on changing what it has put into the event. The bytes are those of the event that is
            // applied.
            own = events().own(event);
            version = events().firstVersionOf(own);
            bytes = events().at(version).encode(own);
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError refused) {
            throw caused(
                    new RequestException.Unwritable(
                            "the event cannot be written: " + refused.getMessage() + ". Nothing was changed.", id),
                    refused);
        }
        requireFits(bytes, id);
        callers.meters().asked(type.name(), key(), shard);
        return new Request(id, null, address, Bytes.wrap(bytes), own, consistency, seen(), version);
    }

    private @Nullable Seen seen() {
        return session == null ? null : session.seen(shard);
    }

    private void saw(@Nullable Seen before, @Nullable Seen after) {
        if (session != null) {
            session.saw(shard, before, after);
        }
    }

    private void requireFits(byte[] bytes, RequestId id) {
        if (bytes.length > callers.maxEventBytes()) {
            throw new RequestException.TooLarge(
                    "the event has " + bytes.length + " bytes, and at most " + callers.maxEventBytes()
                            + " are allowed (the setting maxEvent). Nothing was changed.",
                    id);
        }
    }

    @Override
    public S read(Consistency consistency) {
        long begin = System.nanoTime();
        var read = asRead(consistency);
        var slot = new Slot<Reply.State>();
        callers.run(readCall(read, slot), slot, null, begin + timeout.toNanos());
        var answer = slot.answer(callers, null);
        if (answer == null) {
            throw callers.unanswered(" to a read", slot, timeout, null);
        }
        callers.meters().read();
        return state(read, answer);
    }

    @Override
    public CompletionStage<S> readAsync(Consistency consistency) {
        var read = asRead(consistency);
        var stage = new CompletableFuture<Reply.State>();
        var state = stage.thenApply(answer -> {
            callers.meters().read();
            return state(read, answer);
        });
        callers.start(readCall(read, new StageReply<>(stage, callers, null)), null);
        return state;
    }

    private Read asRead(Consistency consistency) {
        return new Read(address, consistency != Consistency.FAST, seen());
    }

    private PartitionCall<Reply.State> readCall(Read read, ReplyTo<Reply.State> to) {
        return new PartitionCall<>(
                (node, waiter, now) -> node.read(shard, read, waiter, now),
                Reply.State.class,
                to,
                callers.deadlineMillis(timeout),
                null);
    }

    /// Safe: the replica decoded the state by this type's codec.
    @SuppressWarnings("unchecked")
    private S state(Read read, Reply.State answer) {
        saw(read.seen(), answer.seen());
        return Lending.lent(type.stateCodec(), (S) answer.state());
    }

    @Override
    public String toString() {
        return type + " " + key();
    }
}
