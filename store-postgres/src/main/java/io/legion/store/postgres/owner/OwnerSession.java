package io.legion.store.postgres.owner;

import io.legion.spi.Durability;
import io.legion.spi.StoreException;
import io.legion.spi.StoreIdentity;
import io.legion.store.postgres.batch.BatchChanges;
import io.legion.store.postgres.call.Patience;
import io.legion.store.postgres.database.PostgresException.Kind;
import io.legion.store.postgres.database.SqlFailures;
import io.legion.store.postgres.schema.LifeMark;
import io.legion.store.postgres.schema.OwnerTable;
import io.legion.store.postgres.schema.OwnerTable.Proof;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/// Carries out what changes the store, one change after the other, and does not give up at once.
///
/// Each batch has a number, and the database takes it only after the one before, of this owner. So a batch whose
/// outcome is unknown, since the connection was lost, is sent again without danger: it is there once.
public final class OwnerSession implements AutoCloseable {

    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final OwnerTable table;
    private final OwnerConnection owner;
    private final long opening;
    private final StoreFault fault;
    private final OwnerInsistence insistence;
    private final Duration patience;
    private final ReentrantLock turn = new ReentrantLock();
    private final MarkHolder mark;

    /// @param insistence on the same owner and fault
    public OwnerSession(
            OwnerTable table,
            OwnerConnection owner,
            long opening,
            MarkHolder mark,
            StoreFault fault,
            OwnerInsistence insistence,
            Duration patience) {
        this.table = table;
        this.owner = owner;
        this.opening = opening;
        this.mark = mark;
        this.fault = fault;
        this.insistence = insistence;
        this.patience = patience;
    }

    /// The last batch that was acknowledged.
    public long batch() {
        return owner.batch();
    }

    public LifeMark mark() {
        return mark.now();
    }

    /// True if no other node can have the schema now: then what was read before is still so.
    public boolean owns() {
        return !fault.happened() && owner.isProven();
    }

    /// Writes batches, which become one.
    ///
    /// @param waits false not to wait until the server has it on its disk
    /// @throws StoreException if that fails
    public void write(BatchChanges changes, boolean waits) {
        inTurn(() -> {
            long number = owner.batch() + 1;
            var sending = new BatchSending(table, new Proof(opening, number), waits, changes);
            var left = new Patience(patience);
            insistence.insist(left, () -> {
                var connection = owner.hold(number);
                if (owner.batch() < number) {
                    sending.attempt(connection, left);
                    owner.reached(number);
                }
            });
        });
    }

    /// Before the first write that is weaker than all before: notes that such a write may be lost.
    public void admit(Durability durability) {
        if (!durability.covers(mark.now().weakest())) {
            inTurn(() -> {
                if (!durability.covers(mark.now().weakest())) {
                    change(mark.now().weakened(durability), patience);
                }
            });
        }
    }

    /// Gives the store an identity.
    ///
    /// @throws IllegalArgumentException if it is of another cluster
    public void identify(StoreIdentity next) {
        inTurn(() -> {
            StoreIdentity.requireSameCluster(mark.now().identity().orElse(null), next);
            change(mark.now().identified(next), patience);
        });
    }

    /// Sets the mark of a clean stop.
    public void stop() {
        inTurn(() -> change(mark.now().closed(), CLOSING));
    }

    private void change(LifeMark next, Duration limit) {
        insistence.insist(new Patience(limit), () -> table.setMark(owner.hold(owner.batch()), opening, next));
        mark.set(next);
    }

    /// Looks whether the schema is still held, unless a change is under way, which would notice.
    void look() {
        if (!turn.tryLock()) {
            return;
        }
        try {
            if (!fault.happened()) {
                owner.look();
            }
        } catch (SQLException failed) {
            if (SqlFailures.kind(failed) == Kind.AWAY || !owner.isConnected()) {
                owner.drop(failed);
            }
        } finally {
            turn.unlock();
        }
    }

    private void inTurn(Runnable change) {
        turn.lock();
        try {
            fault.requireWritable();
            change.run();
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void close() {
        turn.lock();
        try {
            owner.close();
        } finally {
            turn.unlock();
        }
    }

    /// The mark as the table has it.
    public static final class MarkHolder {
        private volatile LifeMark now;

        public MarkHolder(LifeMark now) {
            this.now = now;
        }

        public LifeMark now() {
            return now;
        }

        private void set(LifeMark next) {
            now = next;
        }
    }
}
