package io.legion.discovery.eureka;

import static io.legion.discovery.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.netflix.appinfo.InstanceInfo.InstanceStatus;
import io.legion.discovery.RegistryNode;
import io.legion.discovery.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The client of Netflix, as it is, against a node as a process of its own with RocksDB.
class NetflixNodeTest {
    private static final String SHOP = "/eureka/apps/SHOP/localhost:shop:8080";
    private static final int OTHERS = 200;

    @TempDir
    private Path directory;

    @Test
    void itRegistersRenewsFetchesInFullAndInDeltasAndCancels() throws IOException {
        try (var node = RegistryNode.start(directory);
                var shop = client(node, "shop", 1, 90)) {
            until("it is registered", () -> node.get(SHOP).statusCode() == 200);
            long registered = times(node, "registrationTimestamp");
            until("it renewed", () -> times(node, "lastRenewalTimestamp") > registered);
            assertThat(shop.exchanges()).contains("POST /eureka/apps/SHOP 204");
            // The node has the renewal before the client has its answer.
            until("it heard that it renewed", () -> shop.exchanges().contains("PUT " + SHOP + " 200"));

            try (var watcher = client(node, "watcher", 1, 90)) {
                until("another sees it", () -> watcher.sees("SHOP"));
                try (var late = client(node, "late", 600, 90)) {
                    until("another sees the newcomer", () -> watcher.sees("LATE"));
                    late.tell(InstanceStatus.DOWN);
                    until("another sees that it is down", () -> watcher.status("LATE") == InstanceStatus.DOWN);
                }
                until("another sees it leave", () -> !watcher.sees("LATE"));
                assertThat(watcher.sees("SHOP")).isTrue();
                assertThat(watcher.count("GET /eureka/apps/ 200"))
                        .as("the registry was fetched in full once, and then in deltas whose hash code was right")
                        .isOne();
                assertThat(watcher.count("GET /eureka/apps/delta 200")).isGreaterThan(2);
            }
        }
    }

    @Test
    void itExpiresWhenItStopsRenewing() throws IOException {
        try (var node = RegistryNode.start(directory);
                var watcher = client(node, "watcher", 1, 90);
                var shop = client(node, "shop", 600, 4)) {
            until("another sees it", () -> watcher.sees("SHOP"));
            until("another sees it expire", () -> !watcher.sees("SHOP"));
            assertThat(node.get(SHOP).statusCode()).isEqualTo(404);
            assertThat(shop.exchanges()).noneMatch(exchange -> exchange.startsWith("DELETE"));
            assertThat(watcher.sees("WATCHER")).as("who renews stays").isTrue();
        }
    }

    @Test
    void aKillOfTheNodeLosesNoLeaseAndTheClientsGoOn() throws IOException {
        try (var node = RegistryNode.start(directory);
                var shop = client(node, "shop", 1, 90);
                var watcher = client(node, "watcher", 1, 90)) {
            until("another sees it", () -> watcher.sees("SHOP"));
            until("it renewed", () -> shop.count("PUT " + SHOP + " 200") > 1);
            registerOthers(node);
            // The list of all may be a second old.
            until("the list has all", () -> registrations(node).size() == OTHERS + 2);
            var before = registrations(node);
            long registered = times(node, "registrationTimestamp");
            long renewed = times(node, "lastRenewalTimestamp");

            node.kill();
            node.restart();

            assertThat(registrations(node)).isEqualTo(before).hasSize(OTHERS + 2);
            assertThat(times(node, "lastRenewalTimestamp")).isGreaterThanOrEqualTo(renewed);
            long again = shop.count("PUT " + SHOP + " 200");
            until("it renews again", () -> shop.count("PUT " + SHOP + " 200") > again);
            assertThat(shop.exchanges()).as("the lease was never unknown").doesNotContain("PUT " + SHOP + " 404");
            assertThat(times(node, "registrationTimestamp")).isEqualTo(registered);

            try (var late = client(node, "late", 600, 90)) {
                until("another sees a newcomer", () -> watcher.sees("LATE"));
                assertThat(late.sees("SHOP")).isTrue();
            }
            until("another sees it leave", () -> !watcher.sees("LATE"));
        }
    }

    private static void registerOthers(RegistryNode node) {
        for (int i = 0; i < OTHERS; i++) {
            var reply = node.send(
                    "PUT", "/v1/services/other-" + i % 20 + "/instances/i" + i, "{\"address\":\"h\",\"port\":1}");
            assertThat(reply.statusCode()).isEqualTo(201);
        }
    }

    /// When each instance was registered, by application and id.
    private static SortedMap<String, Long> registrations(RegistryNode node) {
        var found = new TreeMap<String, Long>();
        for (var application : json(node, "/eureka/apps").get("applications").get("application")) {
            for (var instance : application.get("instance")) {
                var name = application.get("name").asString() + "/"
                        + instance.get("instanceId").asString();
                found.put(
                        name,
                        instance.get("leaseInfo").get("registrationTimestamp").asLong());
            }
        }
        return found;
    }

    private static long times(RegistryNode node, String name) {
        return json(node, SHOP).get("instance").get("leaseInfo").get(name).asLong();
    }

    private static JsonNode json(RegistryNode node, String path) {
        var reply = node.get(path);
        assertThat(reply.statusCode()).as(path).isEqualTo(200);
        return Json.MAPPER.readTree(reply.body());
    }

    private static NetflixClient client(RegistryNode node, String name, int renewalSeconds, int leaseSeconds) {
        return NetflixClient.start(List.of(node.eureka()), name, renewalSeconds, leaseSeconds);
    }
}
