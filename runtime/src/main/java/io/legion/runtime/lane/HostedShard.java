package io.legion.runtime.lane;

import static java.util.Objects.requireNonNull;

import io.legion.core.shard.Replica;
import io.legion.core.shard.Reply;
import io.legion.service.Logger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A shard's place in its lane: the replica, who waits for it, and whether there is something to do for it.
final class HostedShard {
    final int number;
    final Tickets tickets = new Tickets();
    private final Logger logger;

    /// Null until it is opened, and again once it was stopped.
    @Nullable
    Replica replica;

    /// Why the shard does not run, if it does not.
    private Supplier<NoAnswer> refusal = () -> stopped("it was not opened");

    /// It had an input since it was drained.
    boolean dirty;

    /// It is listed to be told the time.
    boolean active;

    /// It is listed to release what it holds back.
    boolean holding;

    HostedShard(int number, Logger logger) {
        this.number = number;
        this.logger = logger;
    }

    boolean runs() {
        return replica != null;
    }

    Replica replica() {
        return requireNonNull(replica, "the shard does not run");
    }

    /// What a caller is told when the shard does not run.
    NoAnswer refusal() {
        return refusal.get();
    }

    boolean needsTicks() {
        return replica != null && (!replica.idle() || tickets.waiting() > 0);
    }

    boolean holdsBack() {
        return replica != null && replica.holdsBack();
    }

    void replied(Reply reply) {
        Waiter waiter = tickets.find(reply.ticket());
        if (waiter != null) {
            tickets.giveBack(reply.ticket());
            waiter.replied(reply);
        }
    }

    /// Those who waited too long wait no more.
    void expire(long nowMillis) {
        tickets.giveBackIf((ticket, waiter) -> {
            boolean late = waiter.deadlineMillis() <= nowMillis;
            if (late) {
                if (replica != null) {
                    replica.forget(ticket);
                }
                waiter.failed(new NoAnswer(NoAnswer.Reason.TIMED_OUT, "no answer within the time allowed"));
            }
            return late;
        });
    }

    /// The replica is not used any more, and a person has to look at why.
    void stop(String what, Throwable failure) {
        String reason = what + ": " + (failure.getMessage() == null ? failure.toString() : failure.getMessage());
        logger.error(
                "Shard " + number + " is stopped, because " + reason
                        + " What is stored was left as it is; the other shards go on. "
                        + "Remove the cause and start this node again.",
                failure);
        stop(() -> stopped(reason));
    }

    /// The replica is not used any more; the log says why already.
    void stopQuietly(String reason) {
        stop(() -> stopped(reason));
    }

    /// The shard is not hosted here any more.
    void leave() {
        stop(() -> new NoAnswer(NoAnswer.Reason.NOT_AVAILABLE, "shard " + number + " is not hosted here any more"));
    }

    void close() {
        stop(() -> new NoAnswer(NoAnswer.Reason.CLOSED_MEANWHILE, "this node closed before there was an answer"));
    }

    private void stop(Supplier<NoAnswer> why) {
        replica = null;
        refusal = why;
        tickets.giveBackIf((_, waiter) -> {
            waiter.failed(why.get());
            return true;
        });
    }

    private NoAnswer stopped(String reason) {
        return new NoAnswer(NoAnswer.Reason.SHARD_STOPPED, "shard " + number + " is stopped, because " + reason);
    }
}
