package io.legion.runtime.lane;

import io.legion.core.placement.StoppedCopies;
import io.legion.core.shard.Replica;
import io.legion.core.shard.UnknownVersionException;
import io.legion.service.Logger;
import io.legion.spi.StoreException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The shards of a lane, by number. Only a shard that runs gets inputs; if one throws, its shard stops, and the
/// others go on.
final class HostedShards {
    /// Null where none is hosted.
    private final @Nullable HostedShard[] hosted;

    /// Hears of each shard that had an input.
    private final LaneFlush flush;

    private final Logger logger;
    private final UnfitRelease unfit;

    HostedShards(int shards, LaneFlush flush, Logger logger) {
        this.hosted = new HostedShard[shards];
        this.flush = flush;
        this.logger = logger;
        this.unfit = new UnfitRelease(logger);
    }

    /// From now on the shard is here, with a new replica; it does not run if it cannot be opened.
    void open(int number, Supplier<Replica> opening) {
        open(number, opening, StopKind::ofRunning);
    }

    /// From now on the shard is here, with the replica that the store holds; it does not run if that cannot be
    /// read.
    void recover(int number, Supplier<Replica> reading) {
        open(number, reading, StopKind::ofStored);
    }

    private void open(int number, Supplier<Replica> opening, Function<Throwable, StoppedCopies.Kind> kinds) {
        var shard = new HostedShard(number, logger, unfit);
        hosted[number] = shard;
        try {
            shard.replica = opening.get();
            flush.add(shard);
        } catch (StoreException.Full full) {
            // What a dropped replica has left goes first, which takes writes.
            flush.full(shard, full);
        } catch (Throwable failure) {
            shard.stop(kinds.apply(failure), "it could not be opened", failure);
        }
    }

    /// The shard is not here any more. Its waiters get a failure.
    void remove(int number) {
        var shard = hosted[number];
        hosted[number] = null;
        if (shard != null) {
            shard.leave();
        }
    }

    /// The shard; null if it is not here.
    @Nullable
    HostedShard find(int number) {
        return hosted[number];
    }

    /// The shard, if it runs; else null, and the waiter hears why.
    @Nullable
    HostedShard running(int number, Waiter waiter) {
        var shard = hosted[number];
        if (shard == null) {
            waiter.failed(new NoAnswer(NoAnswer.Reason.NOT_AVAILABLE, "shard " + number + " is not hosted here"));
            return null;
        }
        if (!shard.runs()) {
            waiter.failed(shard.refusal());
            return null;
        }
        return shard;
    }

    /// The shard, if it takes writes; else null, and the waiter hears why.
    @Nullable
    HostedShard writable(int number, Waiter waiter) {
        var shard = running(number, waiter);
        if (shard != null && !shard.takesWrites()) {
            waiter.failed(shard.refusal());
            return null;
        }
        return shard;
    }

    /// Gives an input to a shard that runs.
    ///
    /// @param what names the input, for the log and the callers if the shard stops over it
    void give(HostedShard shard, String what, Consumer<Replica> input) {
        try {
            input.accept(shard.replica());
            flush.add(shard);
        } catch (Throwable failure) {
            shard.stop("it could not take in " + what, failure);
        }
    }

    /// Asks a shard, which must run.
    ///
    /// @throws IllegalStateException if it does not run, or stops over this question
    <T> T ask(int number, Function<Replica, T> question) {
        var shard = hosted[number];
        if (shard == null || !shard.runs()) {
            throw new IllegalStateException("shard " + number + " does not run on this node");
        }
        try {
            return question.apply(shard.replica());
        } catch (Throwable failure) {
            shard.stop("it could not say what was asked", failure);
            throw new IllegalStateException("shard " + number + " has just stopped on this node", failure);
        }
    }

    /// Gives an input to the shard, if it runs and takes what may lead to a write.
    void giveIfRunning(int number, String what, Consumer<Replica> input) {
        var shard = hosted[number];
        if (shard != null && shard.takesWrites()) {
            give(shard, what, input);
        }
    }

    /// Gives an input to each shard that runs, in their order.
    void giveAll(String what, Consumer<Replica> input) {
        for (int number = 0; number < hosted.length; number++) {
            giveIfRunning(number, what, input);
        }
    }

    /// What this release of the service lacks for a shard that has stopped here.
    Optional<UnknownVersionException> lacking() {
        return unfit.lacking();
    }

    /// How many callers wait for an answer of any shard.
    int waiting() {
        int waiting = 0;
        for (HostedShard shard : hosted) {
            waiting += shard == null ? 0 : shard.tickets.waiting();
        }
        return waiting;
    }

    /// Goes through all shards here in their order, those that do not run included.
    void forEach(Consumer<HostedShard> action) {
        for (HostedShard shard : hosted) {
            if (shard != null) {
                action.accept(shard);
            }
        }
    }
}
