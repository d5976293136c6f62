package io.legion.discovery.eureka;

import static io.legion.discovery.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.legion.discovery.RegistryCluster;
import io.legion.discovery.RegistryNode;
import io.legion.discovery.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The client of Netflix, as it is, with the addresses of three nodes, while one of them is killed.
class NetflixClusterTest {
    private static final String SHOP = "/eureka/apps/SHOP/localhost:shop:8080";
    private static final String RENEWED = "PUT " + SHOP + " 200";
    private static final String GROUPS = """
            leases:
              interval: 200ms
              startGrace: 200ms
              selfPreservation: false
            """;

    @TempDir
    private Path directory;

    @Test
    @Timeout(240)
    void noLeaseIsLostWhicheverNodeIsKilled() throws IOException {
        try (var cluster = RegistryCluster.start(directory, GROUPS);
                var shop = NetflixClient.start(cluster.eureka(), "shop", 1, 30);
                var watcher = NetflixClient.start(cluster.eureka(), "watcher", 1, 30)) {
            until("another sees it", () -> watcher.sees("SHOP"));
            until("it renewed", () -> shop.count(RENEWED) > 1);
            long registered = registered(cluster.node(1));

            for (int victim = 1; victim <= RegistryCluster.NODES; victim++) {
                cluster.node(victim).kill();
                long renewals = shop.count(RENEWED);
                until("it renews again", () -> shop.count(RENEWED) > renewals + 1);
                for (var other : cluster.others(victim)) {
                    assertThat(registered(other)).isEqualTo(registered);
                }
                var name = "LATE-" + victim;
                try (var late = NetflixClient.start(cluster.eureka(), "late-" + victim, 600, 90)) {
                    until("another sees a newcomer", () -> watcher.sees(name));
                    until("the newcomer sees the others", () -> late.sees("SHOP"));
                }
                until("another sees it leave", () -> !watcher.sees(name));
                cluster.node(victim).restart();
                cluster.awaitFormed();
            }
            assertThat(shop.exchanges()).as("the lease was never unknown").doesNotContain("PUT " + SHOP + " 404");
            assertThat(watcher.sees("SHOP")).isTrue();
        }
    }

    private static long registered(RegistryNode node) {
        var reply = node.get(SHOP);
        assertThat(reply.statusCode()).isEqualTo(200);
        return Json.MAPPER
                .readTree(reply.body())
                .get("instance")
                .get("leaseInfo")
                .get("registrationTimestamp")
                .asLong();
    }
}
