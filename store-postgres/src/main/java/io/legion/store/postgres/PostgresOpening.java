package io.legion.store.postgres;

import io.legion.service.Logger;
import io.legion.service.OwnThread;
import io.legion.spi.Durability;
import io.legion.spi.StoreException;
import io.legion.store.postgres.call.Patience;
import io.legion.store.postgres.call.StorePlaces;
import io.legion.store.postgres.call.StoreWorkers;
import io.legion.store.postgres.database.Postgres;
import io.legion.store.postgres.database.PostgresException.Kind;
import io.legion.store.postgres.database.SqlFailures;
import io.legion.store.postgres.owner.OwnerConnection;
import io.legion.store.postgres.owner.OwnerInsistence;
import io.legion.store.postgres.owner.OwnerSession;
import io.legion.store.postgres.owner.OwnerSession.MarkHolder;
import io.legion.store.postgres.owner.OwnerVerdict;
import io.legion.store.postgres.owner.StoreFault;
import io.legion.store.postgres.read.CachedReads;
import io.legion.store.postgres.read.EntryReads;
import io.legion.store.postgres.read.EntryScan;
import io.legion.store.postgres.read.ReadCache;
import io.legion.store.postgres.schema.LifeMark;
import io.legion.store.postgres.schema.OwnerTable;
import io.legion.store.postgres.schema.OwnerTable.Proof;
import io.legion.store.postgres.schema.SchemaLock;
import io.legion.store.postgres.schema.SchemaName;
import io.legion.store.postgres.schema.StoreSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/// How a store is opened, or founded: connects, takes the lock of the schema, brings its tables up to date, reads
/// how it was left, and only then becomes its owner. If a step fails, the session ends, and with it the lock.
record PostgresOpening(
        PostgresStore.Config config,
        Postgres postgres,
        SchemaName schema,
        StoreSchema tables,
        Logger logger,
        PostgresMeters meters) {

    /// Functions with a body in the words of the standard.
    private static final int LEAST_VERSION = 140_000;

    /// A visitor of a scan that keeps a connection may read, so some connections are not for these.
    private static final int CONNECTIONS_FOR_GETS = 2;

    /// What an opening found and made.
    record Opened(
            Postgres postgres,
            SchemaName schema,
            String title,
            OwnerSession session,
            OwnerVerdict verdict,
            StoreFault fault,
            EntryReads entries,
            boolean stoppedCleanly,
            Durability strongest,
            Duration patience) {

        CachedReads reads(ReadCache cache, PostgresMeters meters) {
            var workers = new StoreWorkers(postgres.connections(), patience);
            var places = new StorePlaces(postgres.connections() - CONNECTIONS_FOR_GETS, patience);
            var scans = new EntryScan(postgres, schema, entries, verdict, session::batch, workers, places, patience);
            return new CachedReads(cache, session::owns, entries, scans, workers, meters::read);
        }
    }

    /// See [PostgresStore#open].
    static Opened open(PostgresStore.Config config, Postgres postgres, Logger logger, PostgresMeters meters) {
        var schema = new SchemaName(config.schema());
        var tables = new StoreSchema(postgres, schema);
        return OwnThread.call(
                "legion-store-open",
                () -> new PostgresOpening(config, postgres, schema, tables, logger, meters).open());
    }

    private Opened open() {
        try {
            var connection = connect();
            try {
                return opened(connection);
            } catch (Throwable refused) {
                connection.close();
                throw refused;
            }
        } catch (SQLException failed) {
            throw new StoreException(
                    "The store " + tables.title() + " cannot be opened: " + SqlFailures.text(failed)
                            + ". It was left as it is. See that the server runs and can be reached, and that the user may"
                            + " connect and, for a new store, create a schema; then start again.",
                    failed);
        }
    }

    /// A database may start later than the node.
    private Connection connect() throws SQLException {
        var left = new Patience(config.patience());
        boolean told = false;
        while (true) {
            try {
                return postgres.direct().getConnection();
            } catch (SQLException failed) {
                if (SqlFailures.kind(failed) != Kind.AWAY || left.isOver()) {
                    throw failed;
                }
                if (!told) {
                    told = true;
                    logger.info("The start waits for " + postgres.place() + ", for up to "
                            + config.patience().toSeconds() + " s: " + SqlFailures.text(failed));
                }
                left.pause();
            }
        }
    }

    private Opened opened(Connection connection) throws SQLException {
        var server = ServerFacts.read(connection);
        server.requireVersion(tables.title(), LEAST_VERSION);
        tables.create(connection);
        var lock = new SchemaLock(schema);
        takeLock(lock, connection);
        tables.upgrade(connection);
        var table = new OwnerTable(schema);
        var before = mark(table, connection);
        var mark = new MarkHolder(before.opened(server.run()));
        var taken = take(table, connection, mark.now());
        tell(before, mark.now(), server);
        return opened(connection, lock, table, mark, taken, before.clean(), server.strongest());
    }

    private Opened opened(
            Connection connection,
            SchemaLock lock,
            OwnerTable table,
            MarkHolder mark,
            Proof taken,
            boolean clean,
            Durability strongest)
            throws SQLException {
        var fault = new StoreFault();
        var verdict = new OwnerVerdict(tables.title(), taken.opening(), table, fault, mark::now);
        var owner = new OwnerConnection(
                postgres,
                table,
                lock,
                connection,
                lock.own(connection),
                taken.batch(),
                verdict,
                logger,
                meters::reconnected);
        var insistence = new OwnerInsistence(postgres.place(), owner, fault, logger);
        var session = new OwnerSession(table, owner, taken.opening(), mark, fault, insistence, config.patience());
        var entries = new EntryReads(postgres, schema, verdict, session::batch, config.patience());
        return new Opened(
                postgres,
                schema,
                tables.title(),
                session,
                verdict,
                fault,
                entries,
                clean,
                strongest,
                config.patience());
    }

    private void takeLock(SchemaLock lock, Connection connection) throws SQLException {
        var left = new Patience(config.lockTimeout());
        while (!lock.take(connection)) {
            if (left.isOver()) {
                throw new StoreException("The store " + tables.title() + " is in use by "
                        + lock.holder(connection)
                                .map(SchemaLock.Session::toString)
                                .orElse("a session that the server does not show")
                        + ". It was left as it is. Stop the node that uses it, or name another schema; the session of a"
                        + " process that was killed ends by itself, within half a minute if its machine is gone.");
            }
            left.pause();
        }
    }

    private LifeMark mark(OwnerTable table, Connection connection) throws SQLException {
        try {
            return table.mark(connection);
        } catch (IllegalArgumentException damaged) {
            throw new StoreException(
                    "The store " + tables.title()
                            + " cannot be opened: its table \"mark\" was changed, and says nothing"
                            + " that makes sense (" + damaged.getMessage()
                            + "). It was left as it is. Restore a copy, or"
                            + " name another schema and let the node start as a new one.",
                    damaged);
        }
    }

    /// One transaction: owner and mark change together.
    private static Proof take(OwnerTable table, Connection connection, LifeMark mark) throws SQLException {
        connection.setAutoCommit(false);
        var taken = table.take(connection);
        table.setMark(connection, taken.opening(), mark);
        connection.commit();
        connection.setAutoCommit(true);
        return taken;
    }

    private void tell(LifeMark before, LifeMark now, ServerFacts server) {
        logger.info("Opened the store " + tables.title() + (before.identity().isEmpty() ? ", a new one" : "") + ".");
        if (!server.forces()) {
            logger.warning(
                    "The server of the store " + tables.title() + " runs with fsync=off: what it acknowledges may"
                            + " be lost when its machine stops. Set fsync=on, or keep nothing there that matters.");
        }
        if (before.complete() && !now.complete()) {
            logger.warning(
                    "The store " + tables.title() + " was not closed, and may lack writes that were acknowledged,"
                            + " as they were only in the memory of the server.");
        }
    }
}
