package io.legion.core.shard;

import io.legion.core.EventId;
import io.legion.core.ParticipantId;
import io.legion.core.primitive.HybridTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges the wall clocks that participants show each other, and keeps event times going when history is ahead of
/// all of them: rules R7 and R75.
final class Clocks {
    /// How long a participant's clock counts after it was last heard.
    static final long FRESH_MILLIS = 10_000;

    /// How long it counts for people who ask how far this one is off.
    private static final long KNOWN_MILLIS = 600_000;

    /// A replica tells a participant at most once in this time that its clock is ahead.
    private static final long TELL_MILLIS = 500;

    private static final long WRONG_CLOCK_ALARM_MILLIS = 10_000;
    private static final long HISTORY_ALARM_MILLIS = 600_000;
    private static final long NEVER = Long.MIN_VALUE / 2;

    /// The wall clock that another participant has shown.
    private static final class Shown {
        long wallMillis;
        long heardMillis = NEVER;
        long toldMillis = NEVER;
    }

    private final ReplicaState state;
    private final ParticipantMap<Shown> others = new ParticipantMap<>();
    private long acceptedMillis;

    /// When this replica last raised each kind of alarm.
    private final EnumMap<Alarm.Kind, Long> alarmedMillis = new EnumMap<>(Alarm.Kind.class);

    Clocks(ReplicaState state) {
        this.state = state;
    }

    void epochChanged() {
        others.retainAll(state.participants);
    }

    /// R75: an operator accepts clocks that are up to this far ahead.
    void accept(long aheadMillis) {
        acceptedMillis = aheadMillis;
    }

    long acceptedMillis() {
        return acceptedMillis;
    }

    private long boundMillis() {
        return Math.max(state.settings.maxClockAheadMillis(), acceptedMillis);
    }

    /// R7: notes the wall clock that a participant shows, and tells the participant if it is ahead.
    ///
    /// @return false if it is ahead
    boolean isRight(ParticipantId from, long wallMillis) {
        Shown shown = others.computeIfAbsent(from, Shown::new);
        shown.wallMillis = wallMillis;
        shown.heardMillis = state.elapsedMillis;
        if (wallMillis <= state.nowMillis + boundMillis()) {
            return true;
        }
        long middle = middleMillis();
        if (wallMillis <= middle + boundMillis()) {
            alarmOfThisClock(middle - state.nowMillis);
            return true;
        }
        tell(from, shown, middle);
        alarmOfThatClock(from, wallMillis - middle);
        return false;
    }

    /// R7: the time that this replica goes by: its wall clock, or the middle one of those heard of late, its own
    /// among them, if that is later. Of an even number the earlier of the two in the middle counts.
    private long middleMillis() {
        return Math.max(state.nowMillis, middle(shownWithin(FRESH_MILLIS)));
    }

    /// How far the wall clock is ahead of the middle one of all, its own among them; null if no other was heard
    /// within the last minutes. An idle shard hears nothing, and clocks mostly stay as they are.
    @Nullable
    ClockLead lead() {
        List<Long> clocks = shownWithin(KNOWN_MILLIS);
        boolean fresh = shownWithin(FRESH_MILLIS).size() > 1;
        return clocks.size() < 2 ? null : new ClockLead(state.nowMillis - middle(clocks), fresh);
    }

    /// What the clocks show now that were heard within this time, and this one.
    private List<Long> shownWithin(long millis) {
        var clocks = new ArrayList<>(List.of(state.nowMillis));
        for (int i = 0; i < others.size(); i++) {
            Shown shown = others.value(i);
            long age = state.elapsedMillis - shown.heardMillis;
            if (age <= millis) {
                clocks.add(shown.wallMillis + age);
            }
        }
        return clocks;
    }

    private static long middle(List<Long> clocks) {
        clocks.sort(null);
        return clocks.get((clocks.size() - 1) / 2);
    }

    /// True if the participant showed its clock a moment ago.
    boolean isFresh(ParticipantId participant) {
        Shown shown = others.get(participant);
        return shown != null && state.elapsedMillis - shown.heardMillis <= FRESH_MILLIS;
    }

    /// R88: the latest that a participant's wall clock may show when a version is raised, which moves all clocks past
    /// that participant's: an event of it that is as far ahead would wait (R7).
    long latestRightMillis() {
        return middleMillis() + boundMillis();
    }

    private void tell(ParticipantId about, Shown shown, long middleMillis) {
        if (state.elapsedMillis - shown.toldMillis >= TELL_MILLIS) {
            shown.toldMillis = state.elapsedMillis;
            state.outbox.send(about.node(), new Message.ClockAhead(state.self, middleMillis, boundMillis()));
        }
    }

    private void alarmOfThatClock(ParticipantId about, long aheadMillis) {
        alarm(
                Alarm.Kind.CLOCK_AHEAD_THERE,
                "the clock of " + about + " is " + text(aheadMillis) + " ahead of this node's. Its events that are as"
                        + " far ahead wait here, and those that come after them fold later. Set that clock right, and"
                        + " they are taken at once; or call " + command(aheadMillis)
                        + " here to take them as they are");
    }

    private void alarmOfThisClock(long behindMillis) {
        alarm(
                Alarm.Kind.CLOCK_BEHIND_HERE,
                "this node's clock is " + text(behindMillis) + " behind those of most participants. As long as this"
                        + " replica hears them, it goes by theirs. Set this node's clock right");
    }

    /// Raises an alarm about a wrong clock, unless it did so a moment ago.
    void alarm(Alarm.Kind kind, String text) {
        alarm(kind, WRONG_CLOCK_ALARM_MILLIS, text);
    }

    private void alarm(Alarm.Kind kind, long intervalMillis, String text) {
        if (state.elapsedMillis - alarmedMillis.getOrDefault(kind, NEVER) >= intervalMillis) {
            alarmedMillis.put(kind, state.elapsedMillis);
            state.outbox.alarm(kind, text);
        }
    }

    /// R7: true if this time is further ahead than a clock may be.
    boolean isAhead(long time) {
        long millis = HybridTime.millis(time);
        return millis > state.nowMillis + boundMillis() && millis > middleMillis() + boundMillis();
    }

    /// R7: true for a promise that must not count, because it carries events of a clock that is wrong now.
    boolean isFromTheFuture(Message.Promise promise) {
        return !promise.from().equals(state.self)
                && !isRight(promise.from(), promise.wallMillis())
                && promise.outstanding().stream()
                        .anyMatch(entry -> isAhead(entry.id().time()));
    }

    /// R75: history is ahead of all clocks once a wrong one has brought it there. Events go on from it; a person
    /// hears so.
    void tick() {
        if (isAhead(state.clock)) {
            alarm(
                    Alarm.Kind.HISTORY_AHEAD,
                    HISTORY_ALARM_MILLIS,
                    "event times are " + text(historyAheadMillis()) + " ahead of this node's clock, because of an event"
                            + " of " + source() + ". New events follow them until the clock has caught up, and"
                            + " everything is served meanwhile. See that all clocks are right and stay so");
        }
    }

    /// How far the latest event time is ahead of the wall clock.
    long historyAheadMillis() {
        return state.knowsTime() ? Math.max(0, HybridTime.millis(state.clock) - state.nowMillis) : 0;
    }

    private String source() {
        EventId last = state.log.isEmpty()
                ? state.history.lastFolded()
                : state.log.all().getLast().id();
        return last != null && isAhead(last.time()) ? last.origin().toString() : "another participant";
    }

    /// The operator's call that accepts a clock as far ahead as this one, and a little drift.
    static String command(long aheadMillis) {
        return "operations().acceptClocksAhead(Duration.ofMinutes("
                + (Duration.ofMillis(aheadMillis).toMinutes() + 2) + "))";
    }

    static String text(long millis) {
        return millis < 10_000 ? millis + " ms" : millis / 1_000 + " s";
    }
}
