package io.legion.core.shard;

import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.RequestId;
import io.legion.core.primitive.Epoch;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Gives way to a higher era (R43): the replica stops for ever, keeps its copy as it is, and looks for each of
/// its events in the history that overruled it.
final class Overruling {
    /// How many events one question names.
    private static final int AT_ONCE = 256;

    private final ReplicaState state;
    private final Phases phases;

    /// The events without an answer yet.
    private final TreeMap<EventId, Unfound> pending = new TreeMap<>();

    /// How the other side finds them.
    private final TreeMap<EventId, Message.Sought> sought = new TreeMap<>();

    private long askedMillis = Long.MIN_VALUE / 2;
    private int turn;

    Overruling(ReplicaState state, Phases phases) {
        this.state = state;
        this.phases = phases;
    }

    boolean isOverruled() {
        return state.listing.by != null;
    }

    boolean isIdle() {
        return state.listing.complete;
    }

    /// A participant of a settled epoch says that its era is above this replica's.
    void receive(Message.Overruled message) {
        if (!isAbove(message) && !isNewsOfWhomToAsk(message)) {
            return;
        }
        if (isToEnter(message)) {
            askForThePlace(message);
            return;
        }
        long shared = shared(message);
        if (state.phase() == ReplicaStatus.Phase.REMOVED && shared == state.history.position()) {
            // It was out before, and nothing that it has folded is overruled: only its salvage is left (R50).
            if (state.salvage.isEmpty()) {
                becomeGone();
            }
        } else if (isToldAgain() || state.phase() == ReplicaStatus.Phase.REMOVED || state.participates()) {
            giveWay(message);
        }
    }

    /// R43: the higher era counts on this very participant, and went through its epoch. Either it has yet to enter, or
    /// it did and its store is an old copy: those who take part there know. One that went another way gives way.
    private boolean isToEnter(Message.Overruled by) {
        return state.participates()
                && by.participants().contains(state.self)
                && Lineage.includes(by.ends(), by.epoch(), state.epoch);
    }

    private void askForThePlace(Message.Overruled by) {
        for (ParticipantId participant : by.participants()) {
            if (!participant.equals(state.self)) {
                state.outbox.send(participant.node(), new Message.AskDecisions(state.epoch));
            }
        }
    }

    private boolean isAbove(Message.Overruled message) {
        return Epoch.era(message.epoch()) > Epoch.era(present());
    }

    /// The known participants to ask may be out by now.
    private boolean isNewsOfWhomToAsk(Message.Overruled message) {
        return isToldAgain() && !state.listing.complete && message.epoch() > present();
    }

    private boolean isToldAgain() {
        return state.phase() == ReplicaStatus.Phase.OVERRULED;
    }

    /// The epoch of the highest era that this replica knows of.
    private long present() {
        Message.Overruled by = state.listing.by;
        return by == null ? state.epoch : by.epoch();
    }

    private long shared(Message.Overruled by) {
        return state.lineage.sharedUpTo(state.epoch, state.history.position(), by.ends(), by.epoch());
    }

    private void giveWay(Message.Overruled message) {
        phases.become(
                ReplicaStatus.Phase.OVERRULED,
                "this replica was overruled by a forced change of the shard's participants");
        state.listing.begin(message);
        state.journal.listing = true;
        look(message);
    }

    /// Begins, or begins again after a restart, to look for everything that may not be in the other history.
    void recovered() {
        Message.Overruled by = state.listing.by;
        if (by != null && !state.listing.complete) {
            state.listing.begin(by);
            look(by);
        }
    }

    private void look(Message.Overruled by) {
        pending.clear();
        sought.clear();
        state.log.all().forEach(this::seek);
        state.salvage.values().forEach(this::seek);
        long shared = shared(by);
        long named = 0;
        for (RequestMemory.Output output : state.memory.outputs()) {
            if (output.position() > shared) {
                named++;
                pending.put(output.event(), new Unfound(output.request(), output.event(), output.address(), true));
                seek(output.event(), 0, output.request(), output.fingerprint());
            }
        }
        state.listing.more = state.history.position() - shared - named;
        finishIfDone();
    }

    private void seek(LogEntry entry) {
        if (!entry.isBarrier()) {
            seek(entry.id(), entry.sequence(), entry.request(), entry.fingerprint());
            pending.put(entry.id(), new Unfound(entry.request(), entry.id(), entry.address(), false));
        }
    }

    private void seek(EventId event, long sequence, RequestId request, long fingerprint) {
        sought.put(event, new Message.Sought(event, sequence, request, fingerprint));
    }

    void tick() {
        Message.Overruled by = state.listing.by;
        if (by != null && !pending.isEmpty() && state.elapsedMillis - askedMillis >= state.settings.resendMillis()) {
            ask(by);
        }
    }

    private void ask(Message.Overruled by) {
        askedMillis = state.elapsedMillis;
        List<Message.Sought> some =
                pending.keySet().stream().limit(AT_ONCE).map(sought::get).toList();
        List<ParticipantId> those = by.participants();
        ParticipantId asked = those.get(turn++ % those.size());
        state.outbox.send(asked.node(), new Message.AskKnown(by.epoch(), some));
    }

    void receive(Message.Known known) {
        Message.Overruled by = state.listing.by;
        if (by == null || state.listing.complete || Epoch.era(known.epoch()) != Epoch.era(by.epoch())) {
            return;
        }
        known.found().forEach(pending::remove);
        for (EventId event : known.unfound()) {
            Unfound unfound = pending.remove(event);
            if (unfound != null) {
                state.listing.add(unfound);
            }
        }
        finishIfDone();
        if (!pending.isEmpty() && !(known.found().isEmpty() && known.unfound().isEmpty())) {
            ask(by);
        }
    }

    /// Ends the search when no answer is missing. If all events were found, nothing is worth keeping.
    private void finishIfDone() {
        if (!pending.isEmpty()) {
            return;
        }
        state.listing.complete = true;
        state.journal.listing = true;
        if (state.listing.count() == 0) {
            becomeGone();
        } else {
            state.outbox.alarm(
                    Alarm.Kind.OVERRULED,
                    "while this node was away, an operator forced a change of the participants. Of the events that"
                            + " were accepted here, or by others and told to this node, "
                            + state.listing.count()
                            + " are not in the history that goes on; they are listed, and not submitted again. This"
                            + " replica's copy is kept as it is and serves nothing. Look at both, then drop the copy:"
                            + " this node copies the shard afresh");
        }
    }

    private void becomeGone() {
        phases.become(ReplicaStatus.Phase.GONE, "nobody needs this replica any more");
    }

    /// Tells another replica of the overruled era, or of an older one, what this replica has heard.
    void tell(NodeId asker, long epoch) {
        Message.Overruled by = state.listing.by;
        if (by != null && Epoch.era(epoch) < Epoch.era(by.epoch())) {
            state.outbox.send(asker, by);
        }
    }

    /// The higher era's side: answers which of these events are in its history. It leaves outstanding ones
    /// open: they will be. But if they wait for the asker's node, which takes part only once its list is
    /// complete, they count as found: they are this era's now, with all that it promises.
    void answer(NodeId asker, Message.AskKnown ask) {
        var found = new ArrayList<EventId>();
        var unfound = new ArrayList<EventId>();
        boolean waitsForAsker = state.participantOf(asker) != null;
        for (Message.Sought sought : ask.events()) {
            boolean outstanding = isOutstanding(sought);
            if (isInHistory(sought) || (outstanding && waitsForAsker)) {
                found.add(sought.event());
            } else if (!outstanding) {
                unfound.add(sought.event());
            }
        }
        state.outbox.send(asker, new Message.Known(ask.epoch(), found, unfound));
    }

    private boolean isOutstanding(Message.Sought sought) {
        return state.log.find(sought.event()) != null
                || state.projections.outstanding(sought.request(), sought.fingerprint()) != null;
    }

    /// Looks for the request, if that is remembered, or the event's place among its origin's events.
    private boolean isInHistory(Message.Sought sought) {
        RequestMemory.Knowledge knowledge = state.memory.of(sought.request(), sought.event(), sought.fingerprint());
        if (knowledge == RequestMemory.Knowledge.REMEMBERED || knowledge == RequestMemory.Knowledge.FORGOTTEN) {
            return true;
        }
        long sequence = sought.sequence();
        return sequence > 0 && sequence <= folded(sought.event().origin());
    }

    /// Up to which sequence number an origin's events have folded here.
    private long folded(ParticipantId origin) {
        Long cut = state.cuts.get(origin);
        return state.isParticipant(origin) || cut == null || state.vector.get(origin) > 0
                ? state.history.folded().get(origin)
                : cut;
    }
}
