package io.legion.runtime;

import io.legion.core.Codec;
import io.legion.core.Outcome;
import io.legion.core.RequestId;
import io.legion.core.shard.Reply;
import org.jspecify.annotations.Nullable;

/// Makes of a replica's replies what a caller is given.
final class Answers {
    private Answers() {}

    static <O> Outcome<O> outcome(Reply.Answered reply, Codec<O> outputs) {
        return reply.success()
                ? new Outcome.Success<>(outputs.decode(reply.body().shared()))
                : new Outcome.Failure<>(reply.body().text());
    }

    static RequestException refusal(Reply.Refused refused, @Nullable RequestId id) {
        String why = refused.explanation();
        return switch (refused.reason()) {
            case NOT_A_PARTICIPANT, NOT_NOW -> new RequestException.NotAvailable(why, id);
            case ALREADY_APPLIED -> new RequestException.AlreadyApplied(why, id);
            case TOO_OLD -> new RequestException.TooOld(why, id);
            case OVERLOADED -> new RequestException.Overloaded(why, id);
            case UNREADABLE -> new RequestException.Unreadable(why, id);
        };
    }
}
