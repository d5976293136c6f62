package io.legion.core.shard;

import io.legion.core.Consistency;
import io.legion.core.EventId;
import io.legion.core.ParticipantId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Answers the requests that wait: rules R25, R26, R27 and R28.
final class Answering {
    private record Waiting(long ticket, Request request) {}

    private final ReplicaState state;
    private final InTouch inTouch;
    private final Leavers leavers;
    private final Sessions sessions;

    /// The waiting requests, by event.
    private final HashMap<EventId, List<Waiting>> waiting = new HashMap<>();

    /// The events with a request that waits for DURABLE: this participant's own in order, and the rest.
    private final ArrayDeque<LogEntry> ownUndurable = new ArrayDeque<>();

    private final ArrayList<LogEntry> othersUndurable = new ArrayList<>();

    /// The event of each waiting request, by ticket, for a caller that stops waiting.
    private final LinkedHashMap<Long, EventId> events = new LinkedHashMap<>();

    Answering(ReplicaState state, InTouch inTouch, Leavers leavers, Sessions sessions) {
        this.state = state;
        this.inTouch = inTouch;
        this.leavers = leavers;
        this.sessions = sessions;
    }

    /// Lets a request wait for an outstanding event: its own, or that of an earlier try.
    void await(long ticket, Request request, EventId id) {
        LogEntry entry = Objects.requireNonNull(state.log.find(id), "an outstanding event is in the log");
        if (request.consistency() == Consistency.FAST && !mayStillCount(entry)) {
            answer(ticket, request, entry, Consistency.FAST);
        } else {
            await(ticket, request, entry);
        }
    }

    /// Lets a request wait for its own new event.
    ///
    /// @param summary what the projection says of it
    void awaitNew(long ticket, Request request, LogEntry entry, Result.Summary summary) {
        if (request.consistency() == Consistency.FAST) {
            state.outbox.reply(ticket, reply(request, entry.id(), Consistency.FAST, summary));
        } else {
            await(ticket, request, entry);
        }
    }

    private void await(long ticket, Request request, LogEntry entry) {
        EventId id = entry.id();
        state.hurries = true;
        waiting.computeIfAbsent(id, _ -> new ArrayList<>(1)).add(new Waiting(ticket, request));
        events.put(ticket, id);
        if (request.consistency() == Consistency.DURABLE) {
            awaitDurable(entry);
        }
    }

    private void awaitDurable(LogEntry entry) {
        if (entry.origin().equals(state.self)
                && (ownUndurable.isEmpty() || ownUndurable.getLast().sequence() < entry.sequence())) {
            ownUndurable.addLast(entry);
        } else {
            othersUndurable.add(entry);
        }
    }

    /// R25, R26: answers with the outcome in the projection.
    private void answer(long ticket, Request request, LogEntry entry, Consistency consistency) {
        Result.Summary summary = state.projections.summary(entry);
        state.outbox.reply(ticket, reply(request, first(entry), consistency, summary));
    }

    /// R53: the event that counts for a retried request: the one in history, else the one with the smallest id.
    private EventId first(LogEntry entry) {
        RequestMemory.Output output = state.memory.output(entry.request());
        return output == null ? state.projections.first(entry) : output.event();
    }

    private Reply reply(Request request, EventId id, Consistency consistency, Result.Summary summary) {
        return switch (summary.kind()) {
            case APPLIED -> new Reply.Answered(id, consistency, true, summary.body(), seen(request));
            case FAILED -> new Reply.Answered(id, consistency, false, summary.body(), seen(request));
            case FORGOTTEN -> refusal(request, Reply.Refusal.ALREADY_APPLIED, alreadyApplied(request));
            case TOO_OLD -> refusal(request, Reply.Refusal.TOO_OLD, "the request is older than what is remembered");
            case REUSED ->
                refusal(request, Reply.Refusal.ID_REUSED, summary.body().text());
        };
    }

    private @Nullable Seen seen(Request request) {
        return sessions.projected(request.seen(), request.address());
    }

    /// Answers a request that is already in history from memory, as FINAL.
    void repeat(long ticket, Request request) {
        RequestMemory.Output output = Objects.requireNonNull(state.memory.output(request.id()));
        leavers.answer(ticket, reply(request, output.event(), Consistency.FINAL, output.summary()));
    }

    void refuse(long ticket, Request request, Reply.Refusal reason, String explanation) {
        state.outbox.reply(ticket, refusal(request, reason, explanation));
    }

    /// R74: of a client's number whose output is forgotten nobody knows for which event it was used.
    static String alreadyApplied(Request request) {
        return "an event was applied once under the request id " + request.id() + ", and its output is no longer"
                + " remembered"
                + (request.id().isSingle() ? "" : ". It was this event, unless the id was used for two")
                + ". Nothing was changed now";
    }

    private static Reply refusal(Request request, Reply.Refusal reason, String explanation) {
        return new Reply.Refused(reason, request.birth(), explanation);
    }

    /// R26, R77: rows have changed, so a majority, and all in touch, may cover more events. A frozen replica does not
    /// count.
    void checkDurable() {
        if (leavers.areAwaited()) {
            return;
        }
        leavers.release();
        if (state.frozen() || !state.participates()) {
            // A frozen replica takes no rows: it does not wait for anybody's.
            inTouch.awaits(null);
            return;
        }
        while (!ownUndurable.isEmpty() && isDurable(ownUndurable.getFirst())) {
            answerDurable(ownUndurable.removeFirst());
        }
        if (!othersUndurable.isEmpty()) {
            othersUndurable.removeIf(this::isAnsweredDurable);
        }
        inTouch.awaits(firstThatOnlyTouchHolds());
    }

    /// The first event that a majority holds and whose answer waits for those in touch; null if there is none.
    private @Nullable LogEntry firstThatOnlyTouchHolds() {
        LogEntry own = ownUndurable.peekFirst();
        if (own != null && isHeldByMajority(own)) {
            return own;
        }
        return othersUndurable.isEmpty()
                ? null
                : othersUndurable.stream()
                        .filter(this::isHeldByMajority)
                        .findFirst()
                        .orElse(null);
    }

    private boolean isAnsweredDurable(LogEntry entry) {
        boolean durable = isDurable(entry);
        if (durable) {
            answerDurable(entry);
        }
        return durable;
    }

    private boolean isDurable(LogEntry entry) {
        return isHeldByMajority(entry) && inTouch.isCovered(entry);
    }

    private boolean isHeldByMajority(LogEntry entry) {
        int count = 0;
        for (ParticipantId participant : state.participants) {
            if (state.covers(participant, entry.origin(), entry.sequence())) {
                count++;
            }
        }
        return state.isMajority(count);
    }

    private void answerDurable(LogEntry entry) {
        List<Waiting> waiters = waiting.get(entry.id());
        if (waiters == null || mayStillBeTooOld(entry) || mayStillCount(entry)) {
            return;
        }
        waiters.removeIf(waiter -> {
            boolean answers = waiter.request.consistency() == Consistency.DURABLE;
            if (answers) {
                answer(waiter.ticket, waiter.request, entry, Consistency.DURABLE);
                events.remove(waiter.ticket);
            }
            return answers;
        });
        if (waiters.isEmpty()) {
            waiting.remove(entry.id());
        }
    }

    /// A retry may turn out too old when it folds (R54): its answer waits for the fold.
    private static boolean mayStillBeTooOld(LogEntry entry) {
        return entry.isRetry();
    }

    /// R74: another outstanding event has the request's id now. If that one does not get into history, this one
    /// counts: only the fold can refuse it.
    private boolean mayStillCount(LogEntry entry) {
        return state.projections.summary(entry).kind() == Result.Kind.REUSED;
    }

    /// R27: an event has folded here.
    ///
    /// @param knowledge what history knew of its request before the fold
    void folded(LogEntry entry, Result.Summary summary, RequestMemory.Knowledge knowledge) {
        List<Waiting> waiters = waiting.isEmpty() ? null : waiting.remove(entry.id());
        if (waiters != null) {
            EventId first = knowledge == RequestMemory.Knowledge.NEW ? entry.id() : first(entry);
            for (Waiting waiter : waiters) {
                events.remove(waiter.ticket);
                leavers.answer(waiter.ticket, reply(waiter.request, first, Consistency.FINAL, summary));
            }
        }
        while (!ownUndurable.isEmpty() && ownUndurable.getFirst().id().compareTo(entry.id()) <= 0) {
            ownUndurable.removeFirst();
        }
        if (!othersUndurable.isEmpty()) {
            othersUndurable.remove(entry);
        }
    }

    /// R28: sends every waiting request elsewhere, under the same request id and birth.
    void turnAway(String explanation) {
        for (EventId id : List.copyOf(new java.util.TreeSet<>(events.values()))) {
            turnAway(id, explanation);
        }
        ownUndurable.clear();
        othersUndurable.clear();
    }

    /// Sends elsewhere the requests that wait for an event which will not be in history.
    void turnAway(EventId id, String explanation) {
        List<Waiting> waiters = waiting.remove(id);
        LogEntry entry = state.log.find(id);
        for (Waiting waiter : waiters == null ? List.<Waiting>of() : waiters) {
            events.remove(waiter.ticket);
            state.outbox.reply(
                    waiter.ticket, new Reply.Refused(Reply.Refusal.NOT_A_PARTICIPANT, birth(entry, id), explanation));
        }
        ownUndurable.removeIf(undurable -> undurable.id().equals(id));
        othersUndurable.removeIf(undurable -> undurable.id().equals(id));
    }

    private static EventId birth(@Nullable LogEntry entry, EventId id) {
        return entry == null ? id : entry.birth();
    }

    /// Forgets an event that was taken back; the caller refuses its request.
    void forgetEvent(EventId id) {
        List<Waiting> waiters = waiting.remove(id);
        if (waiters != null) {
            waiters.forEach(waiter -> events.remove(waiter.ticket));
        }
        ownUndurable.removeIf(undurable -> undurable.id().equals(id));
    }

    /// The caller has stopped waiting under this ticket.
    void forget(long ticket) {
        leavers.forget(ticket);
        EventId id = events.remove(ticket);
        List<Waiting> waiters = id == null ? null : waiting.get(id);
        if (waiters != null && waiters.removeIf(waiter -> waiter.ticket == ticket) && waiters.isEmpty()) {
            waiting.remove(id);
        }
    }

    boolean isIdle() {
        return waiting.isEmpty();
    }
}
