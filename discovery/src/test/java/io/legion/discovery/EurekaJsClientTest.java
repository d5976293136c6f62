package io.legion.discovery;

import static io.legion.discovery.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The client of JavaScript (eureka-js-client), as it is, each in a process of its own.
class EurekaJsClientTest {
    @TempDir
    private Path directory;

    private Path script;
    private TestRegistry registry;

    @BeforeEach
    void open() throws IOException {
        InstalledClients.require("node_modules/eureka-js-client");
        script = InstalledClients.require("client.js");
        registry = new TestRegistry(System::currentTimeMillis);
    }

    @AfterEach
    void close() {
        if (registry != null) {
            registry.close();
        }
    }

    @Test
    void itRegistersOnceRenewsFetchesInFullAndInDeltasAndLeaves() throws IOException {
        try (var shop = client("SHOP")) {
            shop.await("sees SHOP\n");
            try (var late = client("LATE")) {
                shop.await("sees LATE,SHOP\n");
                late.await("sees LATE,SHOP\n");
                late.endInput();
                assertThat(late.exit()).isZero();
                assertThat(late.out()).endsWith("deregistered\n");
            }
            until("it sees the other leave", () -> lines(shop, "sees SHOP") == 2);
            until("it renewed", () -> lines(shop, "heartbeat") > 2);
            shop.endInput();
            assertThat(shop.exit()).isZero();
            assertThat(lines(shop, "registered"))
                    .as("no heartbeat was answered 404")
                    .isOne();
            assertThat(shop.err()).isEmpty();
        }
        assertThat(registry.snapshots.current().all().leases()).isEmpty();
    }

    @Test
    void inAmazonsDataCenterItIsKnownByTheIdThatAmazonGave() throws IOException {
        try (var shop = client("SHOP", "i-0abc")) {
            until("it renewed", () -> lines(shop, "heartbeat") > 2);
            assertThat(registry.get("/eureka/apps/SHOP/i-0abc").statusCode()).isEqualTo(200);
            shop.endInput();
            assertThat(shop.exit()).isZero();
            assertThat(lines(shop, "registered"))
                    .as("no heartbeat was answered 404")
                    .isOne();
        }
        assertThat(registry.snapshots.current().all().leases()).isEmpty();
    }

    @Test
    void itTakesThePlaceOfAnInstanceWhoseClockIsAhead() throws IOException {
        var body = """
                {"instance":{"instanceId":"localhost","hostName":"localhost","app":"SHOP","ipAddr":"10.0.0.9","status":"UP",
                "dataCenterInfo":{"name":"MyOwn"},"lastDirtyTimestamp":%d}}""".formatted(System.currentTimeMillis() + 600_000);
        var reply = registry.send("POST", "/eureka/apps/SHOP", body, "Content-Type", "application/json");
        assertThat(reply.statusCode()).isEqualTo(204);
        try (var shop = client("SHOP")) {
            shop.await("sees SHOP\n");
            assertThat(registry.get("/eureka/apps/SHOP/localhost").body()).contains("\"ipAddr\":\"127.0.0.1\"");
        }
    }

    private RunningProgram client(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of("node", script.toString(), Integer.toString(registry.port())));
        command.addAll(List.of(arguments));
        return RunningProgram.start(directory, command);
    }

    private static long lines(RunningProgram program, String line) {
        return program.out().lines().filter(line::equals).count();
    }
}
