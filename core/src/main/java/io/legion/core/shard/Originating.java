package io.legion.core.shard;

import io.legion.core.CodecException;
import io.legion.core.Event;
import io.legion.core.EventId;
import io.legion.core.PartitionType;
import io.legion.core.primitive.HybridTime;
import org.jspecify.annotations.Nullable;

/// Accepts requests: rules R5, R8, R9, R24, R32, and R53, R74 for ids that were used before.
final class Originating {
    /// A sealed participant goes on after this many decide timeouts (R32).
    private static final int SEALED_TIMEOUTS = 3;

    /// A replica accepts no more once the outstanding events take this many bytes (R24).
    private static final long MOST_OUTSTANDING_BYTES = 64L << 20;

    private final ReplicaState state;
    private final Answering answering;
    private final Sessions sessions;
    private final Complaints complaints;

    Originating(ReplicaState state, Answering answering, Sessions sessions, Complaints complaints) {
        this.state = state;
        this.answering = answering;
        this.sessions = sessions;
        this.complaints = complaints;
    }

    /// A participant that can originate nothing now still answers a request that it knows.
    void request(long ticket, Request request) {
        Reply.Refusal refusal =
                state.participates() ? sessions.refusal(request.seen()) : Reply.Refusal.NOT_A_PARTICIPANT;
        if (refusal != null) {
            refuse(ticket, request, refusal);
            return;
        }
        EventId outstanding = state.projections.outstanding(request.id());
        if (outstanding != null) {
            outstanding(ticket, request, outstanding);
        } else {
            notOutstanding(ticket, request);
        }
    }

    /// A request whose id has outstanding events: a retry of one of them, or another use of the id (R74).
    private void outstanding(long ticket, Request request, EventId first) {
        EventId same = state.projections.outstanding(request.id(), request.fingerprint());
        if (same != null) {
            answering.await(ticket, request, same);
        } else {
            LogEntry other = state.log.find(first);
            reused(ticket, request, other == null ? null : IdUse.of(other));
        }
    }

    /// A request that is not outstanding: it is in history, or too old to know, or new.
    private void notOutstanding(long ticket, Request request) {
        EventId birth = request.birth() == null ? nextId() : request.birth();
        switch (state.memory.of(request, birth)) {
            case NEW -> originateIfPossible(ticket, request);
            case REMEMBERED -> answering.repeat(ticket, request);
            case FORGOTTEN ->
                answering.refuse(ticket, request, Reply.Refusal.ALREADY_APPLIED, Answering.alreadyApplied(request));
            case REUSED -> reused(ticket, request, state.memory.use(request.id()));
            case TOO_OLD -> refuse(ticket, request, Reply.Refusal.TOO_OLD);
        }
    }

    /// R74.
    private void reused(long ticket, Request request, @Nullable IdUse first) {
        String explanation = IdUse.reused(state.types, request.id(), first, request.address());
        answering.refuse(ticket, request, Reply.Refusal.ID_REUSED, explanation);
    }

    private void originateIfPossible(long ticket, Request request) {
        Reply.Refusal refusal = refusal();
        if (refusal == null) {
            originate(ticket, request);
        } else {
            refuse(ticket, request, refusal);
        }
    }

    /// Why this replica can originate nothing now, or null if it can.
    Reply.@Nullable Refusal refusal() {
        if (!state.participates()) {
            return Reply.Refusal.NOT_A_PARTICIPANT;
        }
        if (silence() != null) {
            return Reply.Refusal.NOT_NOW;
        }
        return isFull() ? Reply.Refusal.OVERLOADED : null;
    }

    /// R24.
    private boolean isFull() {
        return state.log.size() >= state.settings.maxOutstanding() || state.log.bytes() >= MOST_OUTSTANDING_BYTES;
    }

    /// Why this participant originates nothing for a while: it is sealed, or its clock is ahead (R8). Null if it
    /// is not silent.
    @Nullable
    Silence silence() {
        Silence sealed = state.sealed ? sealed() : null;
        return sealed != null ? sealed : complaints.silence();
    }

    /// R32: a participant that promised its own removal is silent, but only until the timeout.
    private @Nullable Silence sealed() {
        long left =
                state.sealedSinceMillis + SEALED_TIMEOUTS * state.settings.decideTimeoutMillis() - state.elapsedMillis;
        return left <= 0 ? null : new Silence(Silence.Kind.REMOVAL, "this node is being removed from the shard", left);
    }

    private EventId nextId() {
        return new EventId(HybridTime.next(state.clock, state.nowMillis), state.self);
    }

    /// R9. The replica reads the event and applies it once, so that the log gets no event that cannot be applied
    /// at all.
    private void originate(long ticket, Request request) {
        PartitionType<?> type = state.types.find(request.address().type());
        if (type == null) {
            answering.refuse(ticket, request, Reply.Refusal.NOT_ACTIVE, PartitionTypes.LACKING);
            return;
        }
        int active = state.versions.active(type.id());
        if (request.version() > active) {
            answering.refuse(
                    ticket, request, Reply.Refusal.NOT_ACTIVE, notActive(type, "the event", request.version()));
            return;
        }
        try {
            Event<?, ?> event = request.event() != null
                    ? request.event()
                    : type.eventCodecs().events().decode(request.payload().shared());
            int needs = firstVersionOf(type, event);
            if (needs > active) {
                answering.refuse(ticket, request, Reply.Refusal.NOT_ACTIVE, notActive(type, name(event), needs));
                return;
            }
            EventId id = new EventId(state.nextTime(), state.self);
            EventId birth = request.birth() == null ? id : request.birth();
            state.passed(birth.time());
            add(ticket, request, id, birth, event);
        } catch (CodecException unreadable) {
            answering.refuse(ticket, request, Reply.Refusal.UNREADABLE, String.valueOf(unreadable.getMessage()));
        }
    }

    @SuppressWarnings("unchecked")
    private static <S> int firstVersionOf(PartitionType<S> type, Event<?, ?> event) {
        return type.eventCodecs().events().firstVersionOf((Event<S, ?>) event);
    }

    private static String name(Event<?, ?> event) {
        return event.getClass().getSimpleName();
    }

    /// R84.
    private String notActive(PartitionType<?> type, String event, int needs) {
        int active = state.versions.active(type.id());
        String now = active == 0 ? "the type is not active" : "version " + active + " is active";
        return event + " needs version " + needs + " of the type '" + type.name() + "', and "
                + now + " in its shard. Nothing was changed. Version " + needs
                + " becomes active once all nodes run a release that has it, unless an operator holds it";
    }

    /// R3: the event gets the next sequence number beside its id, whose time is after every time used or seen. The
    /// store has both before anyone can learn of them (R10).
    private void add(long ticket, Request request, EventId id, EventId birth, Event<?, ?> event) {
        long sequence = state.vector.get(state.self) + 1;
        var entry = LogEntry.event(id, sequence, request.id(), birth, request.address(), request.payload());
        entry.decoded(event);
        state.take(entry);
        try {
            // Applies the event here first, whatever answer is wanted: an event that ends in an error of the
            // virtual machine must not get into the log, where it would stop every replica.
            answering.awaitNew(ticket, request, entry, state.projections.summary(entry));
        } catch (VirtualMachineError error) {
            withdraw(entry);
            answering.refuse(ticket, request, Reply.Refusal.UNREADABLE, "applying the event ended in " + error);
        }
    }

    /// Takes back an event that nobody has heard of yet.
    private void withdraw(LogEntry entry) {
        state.log.removeBeyond(state.self, entry.sequence() - 1);
        state.vector = state.vector.with(state.self, entry.sequence() - 1);
        state.projections.remove(entry);
        state.journal.dropped(entry);
        answering.forgetEvent(entry.id());
    }

    /// An entry without an event, for FINAL reads to wait for (R57).
    LogEntry barrier() {
        var entry = LogEntry.barrier(new EventId(state.nextTime(), state.self), state.vector.get(state.self) + 1);
        state.take(entry);
        return entry;
    }

    private void refuse(long ticket, Request request, Reply.Refusal refusal) {
        answering.refuse(ticket, request, refusal, explanation(refusal));
    }

    private String silenceText() {
        Silence silence = silence();
        return silence == null ? "this node was silent a moment ago" : silence.why();
    }

    private String explanation(Reply.Refusal refusal) {
        return switch (refusal) {
            case NOT_A_PARTICIPANT -> "this node does not take part in the shard; ask one of " + state.participants;
            case NOT_NOW -> silenceText() + "; ask another participant";
            case BEHIND_SESSION -> Sessions.BEHIND;
            case SESSION_LOST -> Sessions.LOST;
            case OVERLOADED -> state.log.size() + " events wait for other participants; try again later";
            case TOO_OLD -> "the request is older than what the shard remembers; it was not applied now";
            case ALREADY_APPLIED, ID_REUSED, INTERRUPTED, NOT_ACTIVE, UNREADABLE ->
                throw new IllegalArgumentException(refusal + " is explained where it arises");
        };
    }
}
