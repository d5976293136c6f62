package io.legion.runtime.lane;

import io.legion.core.NodeId;
import io.legion.core.shard.Replica;
import io.legion.core.shard.ReplicaStatus;
import io.legion.runtime.storage.NodeMarks;
import io.legion.runtime.storage.StateCache;
import io.legion.service.Logger;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import io.legion.spi.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// R76: what becomes of shards for whose writes the store has no room. What their replicas have done is not stored,
/// and nobody knows of it, so they stop. A shard that is on this node alone is read from the store again at once, as
/// it was before, and serves reads. Once there is room, all of them are read again and go on, as after a start of
/// the node.
final class Room {
    /// How often to look whether there is room again.
    private static final long LOOK_MILLIS = 1_000;

    /// A store on the edge is full again and again; the log says so no oftener than this.
    private static final long SAY_MILLIS = 60_000;

    private final NodeId self;
    private final Store store;
    private final Durability durability;
    private final StateCache cache;
    private final Logger logger;
    private final StoreFailure failed;

    /// Reads the replica of a shard from the store.
    private final IntFunction<Replica> reading;

    /// The shards that wait for room, by number.
    private final TreeMap<Integer, HostedShard> waiting = new TreeMap<>();

    private String why = "";
    private long refusedBytes;
    private long nowMillis;
    private long lookedMillis;
    private long saidMillis;
    private boolean said;

    Room(LaneSetup setup, StoreFailure failed, IntFunction<Replica> reading) {
        this.self = setup.self();
        this.store = setup.store();
        this.durability = setup.durability();
        this.cache = setup.cache();
        this.logger = setup.logger();
        this.failed = failed;
        this.reading = reading;
    }

    /// The store had no room for what these shards wanted to write.
    ///
    /// @param bytes how much that was
    void ended(List<HostedShard> shards, long bytes, StoreException.Full full) {
        boolean first = waiting.isEmpty();
        why = String.valueOf(full.getMessage());
        refusedBytes = Math.max(refusedBytes, bytes);
        // It has what was to be written.
        cache.clear();
        for (HostedShard shard : shards) {
            shard.stopUntilRoom("the store is full: " + full.getMessage(), stored(shard));
            waiting.put(shard.number, shard);
        }
        if (first) {
            lookedMillis = nowMillis;
            say(full);
        }
    }

    /// The replica as the store has it, if nobody else has the shard.
    private @Nullable Replica stored(HostedShard shard) {
        if (!mayBeAlone(shard)) {
            return null;
        }
        try {
            var stored = reading.apply(shard.number);
            stored.holdCheckpoints();
            return isAlone(stored.status()) ? stored : null;
        } catch (RuntimeException unreadable) {
            logger.debug(() -> "Shard " + shard.number + " serves no reads until there is room: " + unreadable);
            return null;
        }
    }

    /// False if the store says for sure that others take part: an epoch adds or removes one (R35).
    private static boolean mayBeAlone(HostedShard shard) {
        return shard.runs() && shard.replica().status().participants().size() <= 2;
    }

    /// True if this node is the only participant.
    private boolean isAlone(ReplicaStatus status) {
        return status.phase() == ReplicaStatus.Phase.PARTICIPATING
                && status.participants().size() == 1
                && status.participants().getFirst().node().equals(self);
    }

    private void say(StoreException.Full full) {
        if (said && nowMillis - saidMillis < SAY_MILLIS) {
            return;
        }
        said = true;
        saidMillis = nowMillis;
        logger.error(
                "The store is full, so requests that change something are refused, and nobody knows of what could not"
                        + " be written: " + full.getMessage() + " Reads go on: of what only this node has here, of"
                        + " everything else on the other nodes. Make room; the node goes on by itself.",
                full);
    }

    /// The shards that can go on now, since there is room again; the caller opens them anew.
    List<Integer> regained(long now) {
        nowMillis = now;
        if (waiting.isEmpty() || now - lookedMillis < LOOK_MILLIS) {
            return List.of();
        }
        lookedMillis = now;
        try {
            NodeMarks.requireRoom(store, refusedBytes, durability);
        } catch (StoreException.Full stillFull) {
            logger.debug(() -> "The store still takes no writes: " + stillFull.getMessage());
            return List.of();
        } catch (StoreException failure) {
            failed.stop(waiting.values(), failure);
            waiting.clear();
            return List.of();
        }
        var regained = new ArrayList<>(waiting.keySet());
        waiting.clear();
        refusedBytes = 0;
        logger.info("The store takes writes again, and so do the shards " + regained + ".");
        return regained;
    }

    /// True if some shard waits for room.
    boolean isAwaited() {
        return !waiting.isEmpty();
    }

    /// What the store said when it had no room; empty if no shard waits for room.
    String why() {
        return waiting.isEmpty() ? "" : why;
    }

    /// The shard is not here any more.
    void left(int shard) {
        waiting.remove(shard);
    }
}
