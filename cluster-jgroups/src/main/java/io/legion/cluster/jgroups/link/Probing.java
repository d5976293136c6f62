package io.legion.cluster.jgroups.link;

import org.jspecify.annotations.Nullable;

/// When to greet a peer, and what its greetings prove: a peer is *alive* if it answered a probe lately. An
/// answer proves both directions. The lock of its [Link] guards it.
final class Probing {

    /// A peer that cannot be written to is asked less and less often, down to once in this many intervals.
    private static final int SLOWEST = 10;

    private final LinkContext context;
    private long incarnation;
    private long heardAt = Long.MIN_VALUE;
    private boolean answered;
    private long answeredAt;
    private int failures;
    private long askedAt;

    /// True while another node listens where this one was heard of last: what is sent there is not for this one.
    private boolean displaced;

    // What the next greeting says.
    private boolean due;
    private boolean asking;
    private long answer;
    private Greeting.Stance stance = Greeting.Stance.WELCOME;

    Probing(LinkContext context, long incarnation) {
        this.context = context;
        this.incarnation = incarnation;
    }

    /// The peer's start that was heard of last.
    long incarnation() {
        return incarnation;
    }

    /// True if the peer has answered, and its silence since then was not noticed yet.
    boolean answered() {
        return answered;
    }

    boolean alive(long now) {
        return answered && now - answeredAt <= context.settings().unreachableNanos();
    }

    /// True if the peer has just been silent for too long. It says so once.
    boolean fellSilent(long now) {
        boolean silent = answered && !alive(now);
        if (silent) {
            answered = false;
        }
        return silent;
    }

    /// This process stood still for some time: nobody's silence in it counts.
    void excuse(long nanos) {
        answeredAt += nanos;
    }

    // ---- what to tell ----

    /// True if a greeting is due.
    boolean due() {
        return due && !displaced;
    }

    /// Makes a greeting due: something changed here.
    void want() {
        due = true;
    }

    /// Makes a greeting due that asks for an answer.
    void ask(long now) {
        askedAt = now;
        asking = true;
        due = true;
    }

    void askInTime(long now) {
        if (now - askedAt >= context.settings().probeNanos() * Math.clamp(failures, 1, SLOWEST)) {
            ask(now);
        }
    }

    /// Another node listens where the peer did. Nothing is due until the peer is heard of again.
    void displaced() {
        displaced = true;
        answered = false;
    }

    /// From now on greetings say good-bye.
    void leave() {
        stance = Greeting.Stance.LEAVING;
        due = true;
    }

    /// The greeting that was due.
    Greeting next(@Nullable PeerSession session) {
        boolean asks = asking;
        long answers = answer;
        due = false;
        asking = false;
        answer = 0;
        return context.greeting(
                System.nanoTime(),
                asks,
                answers,
                session == null ? 0 : session.token,
                session == null ? 0 : session.peerToken,
                session == null ? 0 : session.outgoing().parcelsSent(),
                stance);
    }

    // ---- what is heard ----

    /// The peer started again: what its earlier process proved counts no more.
    void startOver(long next) {
        incarnation = next;
        answered = false;
        heardAt = Long.MIN_VALUE;
        failures = 0;
    }

    /// True if this greeting is later than all that were heard.
    boolean isNews(Greeting greeting) {
        boolean news = greeting.sentAt() > heardAt;
        if (news) {
            heardAt = greeting.sentAt();
        }
        return news;
    }

    void take(Greeting greeting, long now) {
        displaced = false;
        if (greeting.stance() == Greeting.Stance.LEAVING) {
            answered = false;
            return;
        }
        long asked = greeting.answers();
        if (asked != 0 && asked - now <= 0 && (!answered || asked - answeredAt > 0)) {
            answered = true;
            answeredAt = asked;
            failures = 0;
        }
        if (greeting.asks()) {
            answer = greeting.sentAt();
            due = true;
        }
        if (!answered) {
            ask(now);
        }
    }

    /// Nothing could be written to the peer. The first time another greeting finds out why.
    ///
    /// @return whether this was the first time
    boolean failed(long now) {
        failures++;
        if (failures > 1) {
            answered = false;
            return false;
        }
        ask(now);
        return true;
    }
}
