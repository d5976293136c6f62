package io.legion.store.postgres.owner;

import io.legion.service.Logger;
import io.legion.spi.StoreException;
import io.legion.store.postgres.call.Patience;
import io.legion.store.postgres.database.PostgresException.Kind;
import io.legion.store.postgres.database.SqlFailures;
import java.sql.SQLException;

/// Tries a change of the store again, and says what is true when that is of no use any more.
public final class OwnerInsistence {

    private final String place;
    private final OwnerConnection owner;
    private final StoreFault fault;
    private final Logger logger;

    /// @param place names the database for people
    public OwnerInsistence(String place, OwnerConnection owner, StoreFault fault, Logger logger) {
        this.place = place;
        this.owner = owner;
        this.fault = fault;
        this.logger = logger;
    }

    /// What can be tried again.
    interface Attempt {
        void run() throws SQLException;
    }

    /// Returns when an attempt has succeeded.
    ///
    /// @throws StoreException if none does
    void insist(Patience left, Attempt attempt) {
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
}
