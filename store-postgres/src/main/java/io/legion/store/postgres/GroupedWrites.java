package io.legion.store.postgres;

import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.StoreIdentity;
import io.legion.store.postgres.batch.BatchChanges;
import io.legion.store.postgres.batch.WriteQueue;
import io.legion.store.postgres.call.StoreWorkers;
import io.legion.store.postgres.owner.OwnerSession;
import io.legion.store.postgres.read.ReadCache;
import java.time.Duration;
import java.util.List;

/// How callers write: what comes while a write is under way becomes one batch, which a thread of the store's own sends.
final class GroupedWrites implements AutoCloseable {

    private final OwnerSession session;
    private final ReadCache cache;
    private final Durability strongest;
    private final PostgresMeters meters;
    private final StoreWorkers worker;
    private final WriteQueue queue = new WriteQueue(this::write);

    /// @param strongest what the server can give
    /// @param patience how long a caller waits for its turn
    GroupedWrites(
            OwnerSession session, ReadCache cache, Durability strongest, PostgresMeters meters, Duration patience) {
        this.session = session;
        this.cache = cache;
        this.strongest = strongest;
        this.meters = meters;
        this.worker = new StoreWorkers(1, patience);
    }

    /// Returns when the batch is written.
    void write(Batch batch, Durability durability) {
        long start = System.nanoTime();
        queue.write(batch, durability == Durability.MEMORY ? durability : strongest);
        meters.wrote(durability, System.nanoTime() - start);
    }

    /// Writes what waits, as one batch.
    private void write(List<WriteQueue.Waiting> group) {
        var changes = new BatchChanges();
        boolean waits = false;
        var weakest = Durability.FORCED;
        for (var each : group) {
            changes.add(each.batch());
            waits |= each.durability() != Durability.MEMORY;
            weakest = weakest.covers(each.durability()) ? each.durability() : weakest;
        }
        write(changes, waits, weakest);
    }

    private void write(BatchChanges changes, boolean waits, Durability weakest) {
        worker.call(() -> {
            session.admit(weakest);
            var touched = cache.begin(changes);
            try {
                session.write(changes, waits);
            } finally {
                cache.end(touched);
            }
            return null;
        });
    }

    /// See [io.legion.spi.Store#identify].
    void identify(StoreIdentity next) {
        worker.call(() -> {
            session.identify(next);
            return null;
        });
    }

    /// Ends the thread.
    @Override
    public void close() {
        worker.close();
    }
}
