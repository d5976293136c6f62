package io.legion.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.spi.StoreException;
import io.legion.store.postgres.database.HikariPostgres;
import io.legion.store.postgres.server.PrivatePostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is not a store of this version is refused, and left as it is.
@Timeout(60)
final class SchemaRefusalTest {

    private static final String SECRET = "tell-nobody-8f3a";

    @TempDir
    private Path home;

    @Test
    void aSchemaWithOtherTablesIsNotOurs() throws Exception {
        var server = TestServer.shared();
        try (var place = new PostgresPlace(server)) {
            server.execute("CREATE SCHEMA " + place.schema() + "; CREATE TABLE " + place.schema() + ".bills (id int)");

            assertThatThrownBy(place::open)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("is not a Legion store")
                    .hasMessageContaining("left as it is");
            assertThat(server.count("SELECT count(*) FROM pg_tables WHERE schemaname = '" + place.schema() + "'"))
                    .isOne();
        }
    }

    @Test
    void aNewerFormatIsRefused() throws Exception {
        var server = TestServer.shared();
        try (var place = new PostgresPlace(server)) {
            place.open();
            place.shut();
            server.execute("INSERT INTO " + place.schema() + ".legion_schema_history (installed_rank, version,"
                    + " description, type, script, installed_by, execution_time, success)"
                    + " VALUES (99, '7', 'format 7', 'JDBC', 'x', 'x', 1, true)");

            assertThatThrownBy(place::open)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("its format is 7")
                    .hasMessageContaining("a newer version wrote it");
        }
    }

    @Test
    void aMarkThatWasChangedIsRefused() throws Exception {
        var server = TestServer.shared();
        try (var place = new PostgresPlace(server)) {
            place.open();
            place.shut();
            server.execute("UPDATE " + place.schema() + ".mark SET identity = 'nonsense'");

            assertThatThrownBy(place::open).isInstanceOf(StoreException.class).hasMessageContaining("makes sense");
            assertThat(server.count("SELECT opening FROM " + place.schema() + ".owner"))
                    .isOne();
        }
    }

    @Test
    void aWrongPasswordIsRefusedAndNoMessageHoldsIt() throws Exception {
        var file = Files.writeString(home.resolve("password"), SECRET + "\n");
        var config = new HikariPostgres.Config(
                TestServer.shared().url(), PrivatePostgres.USER, file, 4, Duration.ofSeconds(2), Duration.ofSeconds(5));
        var place = new PostgresPlace(TestServer.shared(), config, Duration.ofSeconds(1));

        assertThatThrownBy(place::open).isInstanceOf(StoreException.class).satisfies(refused -> {
            assertThat(refused).hasMessageContaining("password authentication failed");
            for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
                assertThat(cause.toString()).doesNotContain(SECRET);
            }
        });
        assertThat(config.toString()).doesNotContain(SECRET);
    }

    @Test
    void aSchemaHasAPlainName() {
        for (var wrong : new String[] {"", "Legion", "a-b", "a\"; DROP TABLE x; --", "pg_mine", "1a"}) {
            assertThatThrownBy(() -> PostgresStore.Config.of(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
