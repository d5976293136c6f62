package io.legion.core.shard;

import io.legion.core.ParticipantId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What other participants say of this node's clock, and when this one is silent because of it: rule R8.
final class Complaints {
    /// How long a complaint counts.
    static final long COUNTS_MILLIS = 5_000;

    /// A silent replica asks those that keep it silent at this interval.
    private static final long ASK_MILLIS = 1_000;

    /// Whose complaint is outvoted is named after it has complained for this long: the others speak by then.
    private static final long OUTVOTED_MILLIS = 2_000;

    /// @param sinceMillis when the participant began to complain
    /// @param atMillis when it last did
    private record Complaint(Message.ClockAhead said, long sinceMillis, long atMillis) {}

    private final ReplicaState state;
    private final Clocks clocks;
    private final ParticipantMap<Complaint> complaints = new ParticipantMap<>();
    private boolean silent;
    private long askedMillis;

    Complaints(ReplicaState state, Clocks clocks) {
        this.state = state;
        this.clocks = clocks;
    }

    void epochChanged() {
        complaints.retainAll(state.participants);
        weigh();
    }

    /// R8: a participant says that this node's clock is ahead.
    void receive(Message.ClockAhead said) {
        if (!state.others().contains(said.from())) {
            return;
        }
        Complaint before = complaints.get(said.from());
        long since = before == null ? state.elapsedMillis : before.sinceMillis;
        complaints.put(said.from(), new Complaint(said, since, state.elapsedMillis));
        weigh();
    }

    /// A complaint counts for a while, and only while it is true: this node's clock may be right by now.
    private boolean stands(Complaint complaint) {
        return state.elapsedMillis - complaint.atMillis < COUNTS_MILLIS
                && aheadMillis(complaint) > Math.max(complaint.said.boundMillis(), clocks.acceptedMillis());
    }

    /// How far this node's clock is ahead of the time that the participant goes by.
    private long aheadMillis(Complaint complaint) {
        return state.nowMillis - complaint.said.wallMillis() - (state.elapsedMillis - complaint.atMillis);
    }

    private List<Complaint> standing() {
        var standing = new ArrayList<Complaint>();
        for (int i = 0; i < complaints.size(); i++) {
            if (stands(complaints.value(i))) {
                standing.add(complaints.value(i));
            }
        }
        return standing;
    }

    /// R8: silent if no fewer complain than agree: this participant, and those heard of late that do not complain.
    private void weigh() {
        List<Complaint> standing = standing();
        boolean before = silent;
        silent = !standing.isEmpty() && standing.size() >= 1 + agreeing();
        if (silent && !before) {
            clocks.alarm(Alarm.Kind.CLOCK_AHEAD_HERE, why(standing) + ". Set this node's clock right");
        }
    }

    private int agreeing() {
        int agreeing = 0;
        for (ParticipantId other : state.others()) {
            Complaint complaint = complaints.get(other);
            agreeing += clocks.isFresh(other) && (complaint == null || !stands(complaint)) ? 1 : 0;
        }
        return agreeing;
    }

    private String why(List<Complaint> standing) {
        long most = standing.stream().mapToLong(this::aheadMillis).max().orElse(0);
        return standing.stream().map(complaint -> complaint.said.from()).toList()
                + " say that the clock of this node is " + Clocks.text(most) + " ahead. It accepts no request for the"
                + " shard until its clock is right, nobody has said so for " + Clocks.text(COUNTS_MILLIS)
                + ", or an operator calls " + Clocks.command(most) + " here";
    }

    /// R8: why this participant is silent; null if it is not.
    @Nullable
    Silence silence() {
        if (!silent) {
            return null;
        }
        weigh();
        List<Complaint> standing = standing();
        long last = standing.stream().mapToLong(Complaint::atMillis).max().orElse(0);
        return silent
                ? new Silence(Silence.Kind.CLOCK, why(standing), last + COUNTS_MILLIS - state.elapsedMillis)
                : null;
    }

    /// True if nobody has said anything that may still count.
    boolean isEmpty() {
        return complaints.size() == 0;
    }

    /// R8: those to ask again now, because they keep this participant silent.
    List<ParticipantId> toAsk() {
        if (!silent || state.elapsedMillis - askedMillis < ASK_MILLIS) {
            return List.of();
        }
        askedMillis = state.elapsedMillis;
        return standing().stream().map(complaint -> complaint.said.from()).toList();
    }

    /// Forgets the complaints that do not count any more.
    ///
    /// @return whose they were: these participants take now what they did not take before (R7)
    List<ParticipantId> settled() {
        var settled = new ArrayList<ParticipantId>();
        var standing = new ArrayList<ParticipantId>();
        for (int i = 0; i < complaints.size(); i++) {
            (stands(complaints.value(i)) ? standing : settled).add(complaints.participant(i));
        }
        complaints.retainAll(standing);
        weigh();
        return settled;
    }

    /// R8: names those whose complaint most do not share, since their clocks are probably behind.
    void tick() {
        for (Complaint complaint : silent ? List.<Complaint>of() : standing()) {
            if (state.elapsedMillis - complaint.sinceMillis >= OUTVOTED_MILLIS) {
                clocks.alarm(
                        Alarm.Kind.CLOCK_BEHIND_THERE,
                        complaint.said.from() + " says that the clock of this node is "
                                + Clocks.text(aheadMillis(complaint)) + " ahead, and most participants do not. So its"
                                + " own clock is probably behind: set it right. This node goes on");
            }
        }
    }
}
