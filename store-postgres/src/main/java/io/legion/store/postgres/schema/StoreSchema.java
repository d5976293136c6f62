package io.legion.store.postgres.schema;

import io.legion.spi.StoreException;
import io.legion.store.postgres.database.Postgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.migration.JavaMigration;

/// The schema of a store, and the format in which it is: made, recognized, brought up to this version.
public final class StoreSchema {

    /// The format that this version writes.
    static final int FORMAT = 1;

    private static final String HISTORY = "legion_schema_history";

    private final Postgres postgres;
    private final SchemaName schema;

    public StoreSchema(Postgres postgres, SchemaName schema) {
        this.postgres = postgres;
        this.schema = schema;
    }

    /// For people.
    public String title() {
        return "\"" + schema + "\" in " + postgres.place();
    }

    /// Makes the schema, if it is not there; its lock can be taken then.
    public void create(Connection connection) throws SQLException {
        if (count(connection, "SELECT count(*) FROM pg_namespace WHERE nspname = ?") == 0) {
            try (var statement = connection.createStatement()) {
                statement.execute("CREATE SCHEMA IF NOT EXISTS \"" + schema + "\"");
            }
        }
    }

    /// Brings the tables to the format of this version.
    ///
    /// @throws StoreException if the schema holds something else, or is of a newer version; nothing was changed
    public void upgrade(Connection connection) throws SQLException {
        requireOurs(connection);
        var steps = IntStream.rangeClosed(1, FORMAT).mapToObj(SchemaStep::read).toArray(JavaMigration[]::new);
        try {
            Flyway.configure(StoreSchema.class.getClassLoader())
                    .dataSource(postgres.direct())
                    .schemas(schema.name())
                    .defaultSchema(schema.name())
                    .createSchemas(false)
                    .table(HISTORY)
                    .locations(new String[0])
                    .javaMigrations(steps)
                    .load()
                    .migrate();
        } catch (FlywayException failed) {
            throw new StoreException(
                    "The store " + title() + " cannot be brought to format " + FORMAT + ": " + failed.getMessage()
                            + " The step was rolled back. Remove the cause, and start again.",
                    failed);
        }
    }

    private void requireOurs(Connection connection) throws SQLException {
        var tables = "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                + " WHERE n.nspname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')";
        if (count(connection, tables) == 0) {
            return;
        }
        if (count(connection, tables + " AND c.relname = '" + HISTORY + "'") == 0) {
            throw new StoreException(
                    "The schema " + title() + " is not a Legion store: it holds tables of something else."
                            + " It was left as it is. Name another schema; one that is not there is made.");
        }
        long format = count(
                connection,
                "SELECT coalesce(max(version::int), 0) FROM " + schema.of(HISTORY)
                        + " WHERE success AND ?::text IS NOT NULL");
        if (format > FORMAT) {
            throw new StoreException("The store " + title() + " cannot be opened: its format is " + format
                    + ", and this version of Legion knows formats up to " + FORMAT
                    + ": a newer version wrote it. It was left as it is. Use that version.");
        }
    }

    private long count(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, schema.name());
            try (var rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }
}
