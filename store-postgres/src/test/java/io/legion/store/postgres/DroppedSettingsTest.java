package io.legion.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.service.Monitor;
import io.legion.service.RecordingLogger;
import io.legion.spi.StoreException;
import io.legion.store.postgres.database.HikariPostgres;
import io.legion.store.postgres.database.PostgresException;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A proxy between that drops what a connection asks for when it connects, as some poolers do.
@Timeout(60)
final class DroppedSettingsTest {

    @Test
    void aStoreWhoseTimeoutsDidNotReachTheServerIsRefusedAndTheMessageSaysWhatToDo() throws IOException {
        var server = TestServer.shared();
        try (var proxy = DroppingProxy.open(server.port())) {
            var place = new PostgresPlace(server, config(proxy), Duration.ofSeconds(1));

            assertThatThrownBy(place::open)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("statement_timeout is 0, not 20000")
                    .hasMessageContaining("ignore_startup_parameters")
                    .hasMessageContaining("Connect to the server itself")
                    .hasMessageContaining("left as it is");
        }
    }

    @Test
    void noConnectionOfThePoolIsGivenEither() throws IOException {
        var server = TestServer.shared();
        try (var logger = RecordingLogger.open();
                var proxy = DroppingProxy.open(server.port());
                var postgres = HikariPostgres.open(config(proxy), logger, Monitor.none())) {
            assertThatThrownBy(() -> postgres.query(connection -> 1))
                    .isInstanceOfSatisfying(
                            PostgresException.class,
                            refused -> assertThat(refused.kind()).isEqualTo(PostgresException.Kind.REFUSED))
                    .hasMessageContaining("statement_timeout is 0");
        }
    }

    private static HikariPostgres.Config config(DroppingProxy proxy) {
        var direct = TestServer.shared().config(4, Duration.ofSeconds(1), Duration.ofSeconds(20));
        return new HikariPostgres.Config(
                "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/postgres?sslmode=disable&gssEncMode=disable",
                direct.user(),
                direct.passwordFile(),
                4,
                direct.connectionTimeout(),
                direct.statementTimeout());
    }
}
