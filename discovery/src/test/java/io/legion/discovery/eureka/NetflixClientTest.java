package io.legion.discovery.eureka;

import static io.legion.discovery.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.netflix.appinfo.InstanceInfo.InstanceStatus;
import io.legion.discovery.TestRegistry;
import io.legion.discovery.registry.Application;
import io.legion.discovery.service.Sweeper;
import io.legion.service.Logger;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The client of Netflix, as it is, against the registry's HTTP interface and a clock that runs.
class NetflixClientTest {
    private static final String SHOP = "/eureka/apps/SHOP/localhost:shop:8080";

    private TestRegistry registry;

    @BeforeEach
    void open() throws IOException {
        registry = new TestRegistry(System::currentTimeMillis);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void itRegistersAndOthersFetchItInFullAndInDeltasAndSeeItLeave() {
        var shop = client("shop", 600, 90);
        until("it is registered", () -> lease("SHOP") != null);
        var watcher = client("watcher", 1, 90);
        until("another sees it", () -> watcher.sees("SHOP"));
        var seen = watcher.discovery().getApplication("SHOP").getInstances().getFirst();
        assertThat(seen.getStatus()).isEqualTo(InstanceStatus.UP);
        assertThat(seen.getMetadata()).containsEntry("version", "1.2.3").containsEntry("a_b", "<&>");
        assertThat(seen.getPort()).isEqualTo(8080);
        assertThat(watcher.discovery().getInstancesByVipAddress("shop-vip", false))
                .hasSize(1);

        // From here on the watcher lives on deltas: a newcomer, a change of status and a cancellation.
        var late = client("late", 600, 90);
        until("another sees the newcomer", () -> watcher.sees("LATE"));
        late.tell(InstanceStatus.DOWN);
        until("another sees that it is down", () -> watcher.status("LATE") == InstanceStatus.DOWN);
        shop.close();
        until("another sees it leave", () -> !watcher.sees("SHOP"));
        assertThat(registry.monitor.counts()).isNotNull();
        late.close();
        watcher.close();
    }

    @Test
    void itRenewsItsLease() {
        var shop = client("shop", 1, 90);
        until("it is registered", () -> lease("SHOP") != null);
        long first = renewed();
        until("it renewed", () -> renewed() > first);
        until("it heard that it renewed", () -> shop.exchanges().contains("PUT " + SHOP + " 200"));
        shop.close();
        assertThat(shop.exchanges()).contains("DELETE " + SHOP + " 200");
    }

    @Test
    void itRegistersAgainWhenTheRegistryDoesNotKnowIt() {
        var shop = client("shop", 1, 90);
        until("it is registered", () -> lease("SHOP") != null);
        var id = registry.snapshots.application("SHOP").leases().firstKey();
        registry.send("DELETE", "/eureka/apps/SHOP/" + id, "");
        until("it is registered", () -> lease("SHOP") != null);
        shop.close();
    }

    @Test
    void itExpiresWhenItStopsRenewing() {
        registry.logger.allow(Logger.Priority.INFO, "");
        var config = new Sweeper.Config(Duration.ofMillis(100), Duration.ofMillis(100), false, 0.85);
        try (var sweeper = registry.sweeper(config)) {
            var shop = client("shop", 600, 2);
            until("it is registered", () -> lease("SHOP") != null);
            until("it is gone", () -> lease("SHOP") == null);
            assertThat(sweeper.isPreserving()).isFalse();
            assertThat(registry.snapshots.current().all().application("SHOP").removed())
                    .hasSize(1);
            shop.close();
        }
    }

    private long renewed() {
        return registry.snapshots.application("SHOP").leases().values().stream()
                .mapToLong(lease -> lease.times().renewed())
                .max()
                .orElse(0);
    }

    private Object lease(String application) {
        Application state = registry.snapshots.application(application);
        return state.leases().isEmpty() ? null : state.leases().firstKey();
    }

    private NetflixClient client(String name, int renewalSeconds, int leaseSeconds) {
        return NetflixClient.start(
                List.of("http://127.0.0.1:" + registry.port() + "/eureka/"), name, renewalSeconds, leaseSeconds);
    }
}
