package io.legion.runtime.client;

import io.legion.RequestException;
import io.legion.core.Codec;
import io.legion.core.Consistency;
import io.legion.core.Outcome;
import io.legion.core.RequestId;
import io.legion.core.shard.Reply;
import io.legion.runtime.lane.NoAnswer;
import org.jspecify.annotations.Nullable;

/// Turns a replica's replies into what a caller gets.
public final class Answers {
    private Answers() {}

    static <O> Outcome<O> outcome(Reply.Answered reply, Codec<O> outputs, RequestId id) {
        if (!reply.success()) {
            return new Outcome.Failure<>(reply.body().text());
        }
        try {
            return new Outcome.Success<>(outputs.decode(reply.body().shared()));
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError unreadable) {
            throw unreadable(reply, unreadable, id);
        }
    }

    /// The event was applied, at the least where it was answered.
    private static RequestException unreadable(Reply.Answered reply, Throwable unreadable, RequestId id) {
        var fate = reply.consistency() == Consistency.FINAL
                ? RequestException.Fate.APPLIED
                : RequestException.Fate.UNKNOWN;
        return new RequestException.Unreadable(
                "the output of the event cannot be read here: " + unreadable.getMessage() + ". The event was applied"
                        + (fate == RequestException.Fate.APPLIED ? "" : " as far as is known now")
                        + "; the nodes run programs that differ.",
                id,
                fate);
    }

    public static NoAnswer refusal(Reply.Refused refused) {
        var reason = switch (refused.reason()) {
            case NOT_A_PARTICIPANT, NOT_NOW -> NoAnswer.Reason.NOT_AVAILABLE;
            case ALREADY_APPLIED -> NoAnswer.Reason.ALREADY_APPLIED;
            case TOO_OLD -> NoAnswer.Reason.TOO_OLD;
            case OVERLOADED -> NoAnswer.Reason.REPLICA_OVERLOADED;
            case UNREADABLE -> NoAnswer.Reason.UNREADABLE;
            case NOT_ACTIVE -> NoAnswer.Reason.NOT_ACTIVE;
            case ID_REUSED -> NoAnswer.Reason.ID_REUSED;
            case INTERRUPTED -> NoAnswer.Reason.SHARD_STOPPED;
            case BEHIND_SESSION -> NoAnswer.Reason.SESSION_NOT_REACHED;
            case SESSION_LOST -> NoAnswer.Reason.SESSION_LOST;
        };
        return new NoAnswer(reason, refused.explanation(), refused.reason() == Reply.Refusal.INTERRUPTED);
    }

    /// @param id of the request; null for a read or a search
    static RequestException exception(NoAnswer none, @Nullable RequestId id) {
        String why = none.explanation();
        var fate = none.underWay() ? RequestException.Fate.UNKNOWN : RequestException.Fate.NOT_APPLIED;
        return switch (none.reason()) {
            case OVERLOADED, REPLICA_OVERLOADED -> new RequestException.Overloaded(why, id, fate);
            case TIMED_OUT -> new RequestException.TimedOut(why, id);
            case NOT_AVAILABLE -> new RequestException.NotAvailable(why, id, fate);
            case SHARD_STOPPED -> new RequestException.ShardStopped(why, id, fate);
            case CLOSED -> new RequestException.Closed(why, id, RequestException.Fate.NOT_APPLIED);
            case CLOSED_MEANWHILE -> new RequestException.Closed(why, id, RequestException.Fate.UNKNOWN);
            case ALREADY_APPLIED -> new RequestException.AlreadyApplied(why, id);
            case TOO_OLD -> new RequestException.TooOld(why, id);
            case SESSION_NOT_REACHED -> new RequestException.SessionNotReached(why, id);
            case SESSION_LOST -> new RequestException.SessionLost(why, id);
            case UNREADABLE -> new RequestException.Unreadable(why, id, fate);
            case NOT_ACTIVE -> new RequestException.NotActive(why, id, fate);
            case ID_REUSED -> new RequestException.RequestIdReused(why, id, fate);
        };
    }
}
