package io.legion.store.postgres;

import io.legion.service.Logger;
import io.legion.spi.Durability;
import io.legion.spi.StoreException;
import io.legion.spi.StoreIdentity;
import io.legion.store.postgres.OwnerTable.Proof;
import io.legion.store.postgres.PostgresException.Kind;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/// Carries out what changes the store, one change after the other, and does not give up at once.
///
/// Each batch has a number, and the database takes it only after the one before, of this owner. So a batch whose
/// outcome is unknown, since the connection was lost, is sent again without danger: it is there once.
final class OwnerSession implements AutoCloseable {

    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final String place;
    private final OwnerTable table;
    private final OwnerConnection owner;
    private final long opening;
    private final StoreFault fault;
    private final Duration patience;
    private final Logger logger;
    private final ReentrantLock turn = new ReentrantLock();
    private final MarkHolder mark;

    OwnerSession(
            String place,
            OwnerTable table,
            OwnerConnection owner,
            long opening,
            MarkHolder mark,
            StoreFault fault,
            Duration patience,
            Logger logger) {
        this.place = place;
        this.table = table;
        this.owner = owner;
        this.opening = opening;
        this.mark = mark;
        this.fault = fault;
        this.patience = patience;
        this.logger = logger;
    }

    /// The last batch that was acknowledged.
    long batch() {
        return owner.batch();
    }

    LifeMark mark() {
        return mark.now();
    }

    /// Writes batches, which become one.
    ///
    /// @param waits false not to wait until the server has it on its disk
    /// @throws StoreException if that fails
    void write(BatchChanges changes, boolean waits) {
        inTurn(() -> {
            long number = owner.batch() + 1;
            insist(patience, () -> {
                var connection = owner.hold(number);
                if (owner.batch() < number) {
                    table.write(connection, new Proof(opening, number), waits, changes);
                    owner.reached(number);
                }
            });
        });
    }

    /// Before the first write that is weaker than all before: notes that such a write may be lost.
    void admit(Durability durability) {
        if (!durability.covers(mark.now().weakest())) {
            inTurn(() -> {
                if (!durability.covers(mark.now().weakest())) {
                    change(mark.now().weakened(durability), patience);
                }
            });
        }
    }

    /// @throws IllegalArgumentException if it is of another cluster
    void identify(StoreIdentity next) {
        inTurn(() -> {
            StoreIdentity.requireSameCluster(mark.now().identity().orElse(null), next);
            change(mark.now().identified(next), patience);
        });
    }

    /// Sets the mark of a clean stop.
    void stop() {
        inTurn(() -> change(mark.now().closed(), CLOSING));
    }

    private void change(LifeMark next, Duration limit) {
        insist(limit, () -> table.setMark(owner.hold(owner.batch()), opening, next));
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

    /// What can be tried again.
    private interface Attempt {
        void run() throws SQLException;
    }

    private void insist(Duration limit, Attempt attempt) {
        var left = new Patience(limit);
        while (true) {
            try {
                attempt.run();
                return;
            } catch (SQLException failed) {
                requireWorthAnotherTry(failed, left);
                left.pause();
            } catch (StoreException said) {
                throw said;
            } catch (RuntimeException | Error broken) {
                // The server may have carried it out. Another change must not get its number.
                owner.close();
                throw fault.unwritable(broken(broken));
            }
        }
    }

    private void requireWorthAnotherTry(SQLException failed, Patience left) {
        var kind = owner.isConnected() ? SqlFailures.kind(failed) : Kind.AWAY;
        if (kind == Kind.FULL) {
            throw new StoreException.Full(
                    "The database " + place + " has no room for a write: " + SqlFailures.text(failed)
                            + ". Nothing of it is there, and what was acknowledged is. Make room on the server's disk: then"
                            + " the store takes writes again.",
                    failed);
        }
        boolean unknown = kind == Kind.AWAY || kind == Kind.BUSY || SqlFailures.isFenced(failed);
        if (unknown) {
            owner.drop(failed);
        } else if (kind != Kind.SLOW) {
            throw fault.unwritable(refused(failed, kind));
        }
        if (left.isOver()) {
            throw fault.unwritable(unknown ? away(failed, left) : slow(failed, left));
        }
        logger.debug(() -> "A change is tried again: " + SqlFailures.text(failed));
    }

    private StoreException refused(SQLException failed, Kind kind) {
        var message = "A write failed: the database " + place + " refused it: " + SqlFailures.text(failed)
                + ". Nothing of it is there, what was acknowledged is, and nothing more is written. "
                + (kind == Kind.DAMAGED
                        ? "Look for a broken disk of the server, and restore a copy, or start as a new node in another schema."
                        : "Remove the cause, and start the node again.");
        return kind == Kind.DAMAGED ? new StoreException.Damaged(message, failed) : new StoreException(message, failed);
    }

    private StoreException broken(Throwable broken) {
        return new StoreException(
                "A write failed within this process: " + broken
                        + ". The write may be there or not, which the next start sees;"
                        + " what was acknowledged is there. Nothing more is written. Remove the cause, and start the node again.",
                broken);
    }

    private StoreException away(SQLException failed, Patience left) {
        return new StoreException(
                "A write failed: the database " + place + " was away for "
                        + left.time().toSeconds() + " s: "
                        + SqlFailures.text(failed)
                        + ". The write may be there or not, which the next start sees; what was"
                        + " acknowledged is there. Nothing more is written. See that the server runs and can be reached,"
                        + " and start the node again.",
                failed);
    }

    private StoreException slow(SQLException failed, Patience left) {
        return new StoreException(
                "A write failed: the database " + place + " did not carry it out within "
                        + left.time().toSeconds()
                        + " s: " + SqlFailures.text(failed) + ". Nothing of it is there, what was acknowledged is, and"
                        + " nothing more is written. See what holds the server up (pg_stat_activity, its disk), and start"
                        + " the node again.",
                failed);
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
    static final class MarkHolder {
        private volatile LifeMark now;

        MarkHolder(LifeMark now) {
            this.now = now;
        }

        LifeMark now() {
            return now;
        }

        private void set(LifeMark next) {
            now = next;
        }
    }
}
