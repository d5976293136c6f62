package io.legion.runtime.client;

import io.legion.RequestException;
import io.legion.core.Codec;
import io.legion.core.Outcome;
import io.legion.core.RequestId;
import io.legion.core.shard.Reply;
import io.legion.runtime.lane.NoAnswer;
import org.jspecify.annotations.Nullable;

/// Turns a replica's replies into what a caller gets.
public final class Answers {
    private Answers() {}

    static <O> Outcome<O> outcome(Reply.Answered reply, Codec<O> outputs) {
        return reply.success()
                ? new Outcome.Success<>(outputs.decode(reply.body().shared()))
                : new Outcome.Failure<>(reply.body().text());
    }

    public static NoAnswer refusal(Reply.Refused refused) {
        var reason = switch (refused.reason()) {
            case NOT_A_PARTICIPANT, NOT_NOW -> NoAnswer.Reason.NOT_AVAILABLE;
            case ALREADY_APPLIED -> NoAnswer.Reason.ALREADY_APPLIED;
            case TOO_OLD -> NoAnswer.Reason.TOO_OLD;
            case OVERLOADED -> NoAnswer.Reason.OVERLOADED;
            case UNREADABLE -> NoAnswer.Reason.UNREADABLE;
            case BEHIND_SESSION -> NoAnswer.Reason.SESSION_NOT_REACHED;
            case SESSION_LOST -> NoAnswer.Reason.SESSION_LOST;
        };
        return new NoAnswer(reason, refused.explanation());
    }

    /// @param id of the request; null for a read or a search
    static RequestException exception(NoAnswer none, @Nullable RequestId id) {
        String why = none.explanation();
        return switch (none.reason()) {
            case OVERLOADED -> new RequestException.Overloaded(why, id);
            case TIMED_OUT -> new RequestException.TimedOut(why, id);
            case NOT_AVAILABLE -> new RequestException.NotAvailable(why, id);
            case SHARD_STOPPED -> new RequestException.ShardStopped(why, id);
            case CLOSED -> new RequestException.Closed(why, id, RequestException.Fate.NOT_APPLIED);
            case CLOSED_MEANWHILE -> new RequestException.Closed(why, id, RequestException.Fate.UNKNOWN);
            case ALREADY_APPLIED -> new RequestException.AlreadyApplied(why, id);
            case TOO_OLD -> new RequestException.TooOld(why, id);
            case SESSION_NOT_REACHED -> new RequestException.SessionNotReached(why, id);
            case SESSION_LOST -> new RequestException.SessionLost(why, id);
            case UNREADABLE -> new RequestException.Unreadable(why, id);
        };
    }
}
