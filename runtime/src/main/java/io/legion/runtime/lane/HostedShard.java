package io.legion.runtime.lane;

import static java.util.Objects.requireNonNull;

import io.legion.core.placement.StoppedCopies.Kind;
import io.legion.core.shard.Replica;
import io.legion.core.shard.ReplicaPlace;
import io.legion.core.shard.ReplicaStatus;
import io.legion.core.shard.Reply;
import io.legion.core.shard.UnknownVersionException;
import io.legion.service.Logger;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A shard's place in its lane: the replica, its waiters, and whether there is something to do for it.
final class HostedShard {
    final int number;
    final Tickets tickets = new Tickets();
    private final Logger logger;
    private final UnfitRelease unfit;

    /// Null until it is opened, and again once it has stopped.
    @Nullable
    Replica replica;

    /// What is known of a replica that has stopped.
    private @Nullable StoppedCopy stopped;

    /// Why the shard does not run, if it does not.
    private Supplier<NoAnswer> refusal = () -> stopped("it was not opened");

    /// It had an input since it was drained.
    boolean dirty;

    /// The lane has it in its list for ticks.
    boolean active;

    /// The lane has it in its list of shards that hold events back.
    boolean holding;

    /// Set from the moment at which the store had no room for the shard, until the lane reads it from the store anew.
    /// If it runs, it serves reads only.
    boolean untilRoom;

    /// While it waited, another shard found that the store is an older copy of itself (R71).
    boolean oldCopy;

    HostedShard(int number, Logger logger, UnfitRelease unfit) {
        this.number = number;
        this.logger = logger;
        this.unfit = unfit;
    }

    boolean runs() {
        return replica != null;
    }

    Replica replica() {
        return requireNonNull(replica, "the shard does not run");
    }

    /// What a caller gets when the shard does not run.
    NoAnswer refusal() {
        return refusal.get();
    }

    /// True if it takes whatever may lead to a write.
    boolean takesWrites() {
        return runs() && !untilRoom;
    }

    boolean needsTicks() {
        return replica != null && (!replica.idle() || tickets.waiting() > 0);
    }

    boolean holdsBack() {
        return replica != null && replica.holdsBack();
    }

    void replied(long ticket, Reply reply) {
        Waiter waiter = tickets.find(ticket);
        if (waiter != null) {
            tickets.giveBack(ticket);
            try {
                waiter.replied(reply);
            } catch (Throwable broken) {
                leftOut(broken);
            }
        }
    }

    private void fail(Waiter waiter, NoAnswer none) {
        try {
            waiter.failed(none);
        } catch (Throwable broken) {
            leftOut(broken);
        }
    }

    /// A waiter that fails, even with an error, is no failure of the shard: the others hear their answers.
    private void leftOut(Throwable broken) {
        logger.error("An answer of shard " + number + " could not be taken in, and was left out: " + broken, broken);
    }

    /// Fails the waiters that waited too long.
    void expire(long nowMillis) {
        tickets.giveBackIf((ticket, waiter) -> {
            boolean late = waiter.deadlineMillis() <= nowMillis;
            if (late) {
                if (replica != null) {
                    replica.forget(ticket);
                }
                fail(waiter, new NoAnswer(NoAnswer.Reason.TIMED_OUT, "no answer within the time allowed"));
            }
            return late;
        });
    }

    /// Gives up the replica, which ran; an operator has to look for the cause.
    void stop(String what, Throwable failure) {
        stop(StopKind.ofRunning(failure), what, failure);
    }

    /// Gives up the replica; an operator has to look for the cause.
    void stop(Kind kind, String what, Throwable failure) {
        String reason = what + ": " + (failure.getMessage() == null ? failure.toString() : failure.getMessage());
        if (failure instanceof UnknownVersionException lacking) {
            unfit.stopped(number, lacking);
        } else {
            logger.error(stopped(number, reason), failure);
        }
        stopQuietly(kind, reason);
    }

    private static String stopped(int number, String reason) {
        return "Shard " + number + " is stopped, because " + reason
                + " What is stored was left as it is; the other shards go on. If other nodes have the shard,"
                + " they go on without this copy, and this node copies it anew from them. If not, remove the"
                + " cause and start this node again.";
    }

    /// Gives up the replica; the log already says why.
    void stopQuietly(Kind kind, String reason) {
        stopped = new StoppedCopy(kind, reason, replica == null ? null : replica.place());
        stop(() -> stopped(reason));
    }

    /// The store has no room for what the replica has done: gives it up, until there is some. The log already says
    /// why.
    ///
    /// @param stored the replica as the store has it, if it serves reads meanwhile: its waiters may ask again
    void stopUntilRoom(String reason, @Nullable Replica stored) {
        untilRoom = true;
        stopped = new StoppedCopy(Kind.STORE_FULL, reason, replica == null ? null : replica.place());
        stop(() -> stored == null
                ? stopped(reason)
                : new NoAnswer(NoAnswer.Reason.NOT_AVAILABLE, "shard " + number + " is read anew, because " + reason));
        refusal = () -> stopped(reason);
        replica = stored;
    }

    /// @param status that of the replica, if it runs: it takes a while to collect
    CopyState state(Optional<ReplicaStatus> status) {
        return untilRoom ? CopyState.WITHOUT_ROOM : status.map(CopyState::of).orElse(CopyState.STOPPED);
    }

    /// What became of the replica, if it has stopped, was set apart or takes no writes; null if it runs.
    @Nullable
    StoppedCopy stopped() {
        if (replica != null && replica.place().phase() == ReplicaStatus.Phase.DIVERGED) {
            return new StoppedCopy(
                    Kind.DIVERGED,
                    "its state differs from the others' at equal history. " + replica.firstDifference(),
                    replica.place());
        }
        return stopped;
    }

    /// The store says which place a replica has that could not be opened.
    void placed(ReplicaPlace place) {
        if (stopped != null) {
            stopped = new StoppedCopy(stopped.kind(), stopped.reason(), place);
        }
    }

    /// This node does not host the shard any more.
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
            // Its replica may have taken the event in.
            fail(waiter, why.get().meanwhile());
            return true;
        });
    }

    private NoAnswer stopped(String reason) {
        return new NoAnswer(NoAnswer.Reason.SHARD_STOPPED, "shard " + number + " is stopped, because " + reason);
    }
}
