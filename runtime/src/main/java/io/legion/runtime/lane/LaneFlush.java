package io.legion.runtime.lane;

import io.legion.core.shard.Alarm;
import io.legion.core.shard.Effects;
import io.legion.core.shard.Request;
import io.legion.core.shard.Send;
import io.legion.core.shard.Tell;
import io.legion.core.shard.Write;
import io.legion.runtime.storage.NodeMarks;
import io.legion.runtime.trace.Trace;
import io.legion.service.Logger;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// R10: turns the effects of a lane's shards into one write, and sends and answers once that is stored.
final class LaneFlush {
    /// A larger batch takes no further shard.
    private static final int BATCH_BYTES = 4 << 20;

    private final LaneSetup setup;
    private final Outgoing outgoing;
    private final BatchWriter writer;
    private final Room room;
    private final StoreFailure failed;
    private final Logger logger;
    private final Batch batch = new Batch();
    private List<HostedShard> dirty = new ArrayList<>();

    /// What was drained and not yet committed: the shards, and the effects of each.
    private final List<HostedShard> shards = new ArrayList<>();
    private final List<Effects> effects = new ArrayList<>();
    private boolean forced;

    /// Of the requests that came since the last write.
    private final List<Trace> traces = new ArrayList<>();

    LaneFlush(LaneSetup setup, Outgoing outgoing, Room room, StoreFailure failed) {
        this.setup = setup;
        this.outgoing = outgoing;
        this.room = room;
        this.failed = failed;
        this.writer = new BatchWriter(setup);
        this.logger = setup.logger();
    }

    /// The shard had an input.
    void add(HostedShard shard) {
        if (!shard.dirty) {
            shard.dirty = true;
            dirty.add(shard);
        }
    }

    /// The next write has what the traced request led to.
    void trace(@Nullable Trace trace) {
        if (trace != null) {
            traces.add(trace);
        }
    }

    /// Goes on until no shard has anything to do.
    ///
    /// @param looked hears of each shard that was looked at
    void run(Consumer<HostedShard> looked) {
        while (!dirty.isEmpty()) {
            var drained = drain();
            try {
                if (commit()) {
                    release();
                }
            } finally {
                clear();
            }
            drained.forEach(looked);
        }
    }

    private void clear() {
        batch.clear();
        shards.clear();
        effects.clear();
        traces.clear();
        forced = false;
    }

    private List<HostedShard> drain() {
        var now = dirty;
        dirty = new ArrayList<>();
        for (int i = 0; i < now.size(); i++) {
            if (batch.size() > BATCH_BYTES) {
                dirty.addAll(now.subList(i, now.size()));
                return now.subList(0, i);
            }
            now.get(i).dirty = false;
            drain(now.get(i));
        }
        return now;
    }

    private void drain(HostedShard shard) {
        if (!shard.runs()) {
            return;
        }
        try {
            Effects drained = shard.replica().drain();
            if (!drained.isEmpty()) {
                write(shard, drained);
                shards.add(shard);
                effects.add(drained);
            }
        } catch (StoreException.Full full) {
            // To drop what an earlier replica left takes writes of their own.
            full(shard, full);
            rebuild();
        } catch (Throwable failure) {
            shard.stop("its effects could not be taken", failure);
            rebuild();
        }
    }

    /// The store had no room for a write beside the batch.
    void full(HostedShard shard, StoreException.Full full) {
        room.ended(List.of(shard), 0, full);
    }

    private void write(HostedShard shard, Effects drained) {
        for (Write write : drained.writes()) {
            writer.add(batch, shard.number, write);
        }
        forced |= drained.forced();
    }

    /// Writes the batch anew from the listed shards, without what another one left half written in it.
    private void rebuild() {
        batch.clear();
        forced = false;
        for (int i = 0; i < shards.size(); i++) {
            write(shards.get(i), effects.get(i));
        }
    }

    /// False if the write failed: then nothing of it may be sent or answered. An error, of the virtual
    /// machine or of the store's code, is a failure too: nobody knows how far the write came.
    private boolean commit() {
        if (batch.isEmpty()) {
            return true;
        }
        try {
            traces.forEach(Trace::writes);
            setup.store().write(batch, forced ? Durability.FORCED : setup.durability());
            return true;
        } catch (StoreException.Full full) {
            room.ended(List.copyOf(shards), batch.size(), full);
            return false;
        } catch (Throwable failure) {
            failed.stop(shards, failure);
            return false;
        } finally {
            traces.forEach(Trace::wrote);
        }
    }

    private void release() {
        for (int i = 0; i < shards.size(); i++) {
            var stored = effects.get(i);
            guarded(shards.get(i), shard -> send(shard, stored));
        }
        for (int i = 0; i < shards.size(); i++) {
            var stored = effects.get(i);
            guarded(shards.get(i), shard -> release(shard, stored));
        }
    }

    /// What fails after the write, even with an error, stops its shard and no other.
    private static void guarded(HostedShard shard, Consumer<HostedShard> step) {
        try {
            step.accept(shard);
        } catch (Throwable failure) {
            shard.stop("it could not go on after a write", failure);
        }
    }

    private void send(HostedShard shard, Effects stored) {
        for (Send send : stored.sends()) {
            outgoing.send(shard.number, send.to(), send.message());
        }
    }

    private void release(HostedShard shard, Effects stored) {
        for (Tell tell : stored.replies()) {
            shard.replied(tell.ticket(), tell.reply());
        }
        for (Request request : stored.resubmit()) {
            outgoing.resubmit(shard.number, request);
        }
        for (Alarm alarm : stored.alarms()) {
            raise(shard, alarm);
        }
        if (!shard.runs()) {
            // A waiter gave it an input over which it stopped.
            return;
        }
        shard.replica().stored(stored.number());
        if (stored.more()) {
            add(shard);
        }
    }

    private void raise(HostedShard shard, Alarm alarm) {
        String text = "Shard " + shard.number + ": " + alarm.text();
        switch (alarm.kind()) {
            case DIVERGED, CLOCK_AHEAD_HERE, CLOCK_BEHIND_HERE, SURVIVOR_MISSING, OVERRULED, OLD_COPY_THERE ->
                logger.error(text);
            case OLD_COPY_HERE -> {
                logger.error(text);
                NodeMarks.markOldCopy(setup.store(), logger);
            }
            case CLOCK_AHEAD_THERE, CLOCK_BEHIND_THERE, HISTORY_AHEAD, SALVAGE, FORCED, NOT_INDEXED, FORGETS_EARLY ->
                logger.warning(text);
        }
    }
}
