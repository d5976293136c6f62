package io.legion.store.postgres.schema;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.zip.CRC32;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/// One step of the schema's history, for Flyway: the statements of a file. A step that was released never
/// changes; Flyway compares its checksum.
///
/// @param format the format of the schema after it
record SchemaStep(int format, String sql) implements JavaMigration {

    static SchemaStep read(int format) {
        var name = "schema-" + format + ".sql";
        try (var file = SchemaStep.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException("the file " + name + " is missing in this program");
            }
            return new SchemaStep(format, new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion(Integer.toString(format));
    }

    @Override
    public String getDescription() {
        return "format " + format;
    }

    @Override
    public Integer getChecksum() {
        var sum = new CRC32();
        sum.update(sql.getBytes(StandardCharsets.UTF_8));
        return (int) sum.getValue();
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    /// Functions find the tables of their own schema, whatever the session looks at.
    @Override
    public void migrate(Context context) throws SQLException {
        var schema = context.getConfiguration().getDefaultSchema();
        try (var statement = context.getConnection().createStatement()) {
            statement.execute(sql.replace("{schema}", "\"" + schema + "\""));
        }
    }
}
