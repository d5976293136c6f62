package io.legion.store.postgres.owner;

import io.legion.service.Logger;
import io.legion.store.postgres.database.Postgres;
import io.legion.store.postgres.database.SqlFailures;
import io.legion.store.postgres.schema.OwnerTable;
import io.legion.store.postgres.schema.SchemaLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// The connection whose session holds the lock of the schema, and through which everything is written. If it is
/// lost, another one takes its place, once the lock says that the server has ended the lost session: only then
/// is it certain what became of the batch that was under way.
///
/// **Threads.** Used by one at a time; any may ask for [#batch()] and [#isProven()].
public final class OwnerConnection implements AutoCloseable {

    /// The server ends the session of a machine that is silent after 25 s, and frees the lock then; the keeper looks
    /// every 2 s.
    private static final Duration CERTAIN = Duration.ofSeconds(10);

    private final Postgres postgres;
    private final OwnerTable table;
    private final SchemaLock lock;
    private final OwnerVerdict verdict;
    private final Logger logger;
    private final Runnable reconnected;

    private @Nullable Connection connection;
    private SchemaLock.Session session;
    private volatile long batch;

    /// When the session answered last; empty while there is none.
    private volatile OptionalLong answered = OptionalLong.of(System.nanoTime());

    private boolean missed;

    /// @param reconnected called when another connection has taken the place of a lost one
    public OwnerConnection(
            Postgres postgres,
            OwnerTable table,
            SchemaLock lock,
            Connection connection,
            SchemaLock.Session session,
            long batch,
            OwnerVerdict verdict,
            Logger logger,
            Runnable reconnected) {
        this.postgres = postgres;
        this.table = table;
        this.lock = lock;
        this.connection = connection;
        this.session = session;
        this.batch = batch;
        this.verdict = verdict;
        this.logger = logger;
        this.reconnected = reconnected;
    }

    /// The last batch that is known to be there.
    public long batch() {
        return batch;
    }

    /// The batch is there.
    void reached(long number) {
        batch = number;
        answered();
    }

    private void answered() {
        answered = OptionalLong.of(System.nanoTime());
    }

    /// True if the session held the lock a moment ago.
    boolean isProven() {
        var last = answered;
        return last.isPresent() && System.nanoTime() - last.getAsLong() < CERTAIN.toNanos();
    }

    boolean isConnected() {
        return connection != null;
    }

    /// The connection. If it is a new one, [#batch()] says whether the batch that was under way is there.
    ///
    /// @param sent the number of that batch, or of the last one if none was under way
    /// @throws SQLException if there is none for now
    /// @throws io.legion.spi.StoreException if the schema is not this store's any more, or has gone back
    Connection hold(long sent) throws SQLException {
        var present = connection;
        if (present != null) {
            return present;
        }
        var fresh = postgres.direct().getConnection();
        try {
            verdict.requireOwner(table.proof(fresh));
            takeLock(fresh);
            batch = verdict.reached(fresh, table.proof(fresh), batch, sent);
            session = lock.own(fresh);
        } catch (Throwable failed) {
            close(fresh);
            throw failed;
        }
        connection = fresh;
        answered();
        back();
        return fresh;
    }

    private void takeLock(Connection fresh) throws SQLException {
        if (lock.take(fresh)) {
            return;
        }
        var holder = lock.holder(fresh);
        if (holder.isPresent() && holder.get().isSame(session)) {
            lock.end(fresh, session);
        }
        throw new SQLException(
                "the lock of the schema is held by "
                        + holder.map(SchemaLock.Session::toString).orElse("a session that the server does not show"),
                "08000");
    }

    private void back() {
        if (missed) {
            missed = false;
            logger.info("The store is connected to " + postgres.place() + " again, and holds its schema as before.");
            reconnected.run();
        }
    }

    /// Looks whether the session is there, and the schema still this store's.
    void look() throws SQLException {
        var _ = verdict.reached(hold(batch), table.proof(hold(batch)), batch, batch);
        answered();
    }

    /// The connection is of no use any more.
    void drop(SQLException why) {
        close();
        if (!missed) {
            missed = true;
            logger.warning("The store has no connection to " + postgres.place() + ", and tries to get one: "
                    + SqlFailures.text(why) + ". Until then nothing is written; what was acknowledged is there.");
        }
    }

    private void close(Connection of) {
        try {
            of.close();
        } catch (SQLException gone) {
            logger.debug(() -> "A connection was gone when it was closed: " + SqlFailures.text(gone));
        }
    }

    @Override
    public void close() {
        answered = OptionalLong.empty();
        if (connection != null) {
            close(connection);
            connection = null;
        }
    }
}
