package io.legion.discovery.eureka;

import static org.assertj.core.api.Assertions.assertThat;

import com.netflix.appinfo.ApplicationInfoManager;
import com.netflix.appinfo.InstanceInfo;
import com.netflix.appinfo.InstanceInfo.InstanceStatus;
import com.netflix.appinfo.MyDataCenterInstanceConfig;
import com.netflix.appinfo.providers.EurekaConfigBasedInstanceInfoProvider;
import com.netflix.discovery.DefaultEurekaClientConfig;
import com.netflix.discovery.DiscoveryClient;
import com.netflix.discovery.Jersey3DiscoveryClientOptionalArgs;
import com.netflix.discovery.shared.transport.jersey3.Jersey3TransportClientFactories;
import io.legion.discovery.TestRegistry;
import io.legion.discovery.registry.Application;
import io.legion.discovery.service.Sweeper;
import io.legion.service.Logger;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The client of Netflix, as it is, against the registry's HTTP interface and a clock that runs.
class NetflixClientTest {
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
        var shop = client("shop", 1, 90);
        until(() -> lease("SHOP") != null);
        var watcher = client("watcher", 1, 90);
        until(() -> watcher.getApplication("SHOP") != null);
        var seen = watcher.getApplication("SHOP").getInstances().getFirst();
        assertThat(seen.getStatus()).isEqualTo(InstanceStatus.UP);
        assertThat(seen.getMetadata()).containsEntry("version", "1.2.3").containsEntry("a_b", "<&>");
        assertThat(seen.getPort()).isEqualTo(8080);
        assertThat(watcher.getInstancesByVipAddress("shop-vip", false)).hasSize(1);

        // From here on the watcher lives on deltas: a newcomer, a change of status and a cancellation.
        var late = client("late", 1, 90);
        until(() -> watcher.getApplication("LATE") != null);
        late.getApplicationInfoManager().setInstanceStatus(InstanceStatus.DOWN);
        until(() -> watcher.getApplication("LATE").getInstances().getFirst().getStatus() == InstanceStatus.DOWN);
        shop.shutdown();
        until(() -> watcher.getApplication("SHOP") == null);
        assertThat(registry.monitor.counts()).isNotNull();
        late.shutdown();
        watcher.shutdown();
    }

    @Test
    void itRenewsItsLease() {
        var shop = client("shop", 1, 90);
        until(() -> lease("SHOP") != null);
        long first = renewed();
        until(() -> renewed() > first);
        shop.shutdown();
        until(() -> lease("SHOP") == null);
    }

    @Test
    void itRegistersAgainWhenTheRegistryDoesNotKnowIt() {
        var shop = client("shop", 1, 90);
        until(() -> lease("SHOP") != null);
        var id = registry.applications.read("SHOP").leases().firstKey();
        registry.send("DELETE", "/eureka/apps/SHOP/" + id, "");
        until(() -> lease("SHOP") != null);
        shop.shutdown();
    }

    @Test
    void itExpiresWhenItStopsRenewing() {
        registry.logger.allow(Logger.Priority.INFO, "");
        var config = new Sweeper.Config(Duration.ofMillis(100), Duration.ofMillis(100), false, 0.85, 100);
        try (var sweeper = registry.sweeper(config)) {
            var shop = client("shop", 600, 2);
            until(() -> lease("SHOP") != null);
            until(() -> lease("SHOP") == null);
            assertThat(sweeper.isPreserving()).isFalse();
            assertThat(registry.applications.read("SHOP").removed()).hasSize(1);
            shop.shutdown();
        }
    }

    private long renewed() {
        return registry.applications.read("SHOP").leases().values().stream()
                .mapToLong(lease -> lease.times().renewed())
                .max()
                .orElse(0);
    }

    private Object lease(String application) {
        Application state = registry.applications.read(application);
        return state.leases().isEmpty() ? null : state.leases().firstKey();
    }

    private DiscoveryClient client(String name, int renewalSeconds, int leaseSeconds) {
        var instance = new InstanceConfig(name, renewalSeconds, leaseSeconds);
        var info = new EurekaConfigBasedInstanceInfoProvider(instance).get();
        info.setStatus(InstanceInfo.InstanceStatus.UP);
        var manager = new ApplicationInfoManager(instance, info);
        return new DiscoveryClient(
                manager,
                new ClientConfig("http://127.0.0.1:" + registry.port() + "/eureka/"),
                new Jersey3TransportClientFactories(),
                new Jersey3DiscoveryClientOptionalArgs());
    }

    /// Waits for what the client does in its own time; a test that waits for nothing fails by this.
    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(45).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("what the client should have done did not happen within 45 s");
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private static final class InstanceConfig extends MyDataCenterInstanceConfig {
        private final String name;
        private final int renewalSeconds;
        private final int leaseSeconds;

        InstanceConfig(String name, int renewalSeconds, int leaseSeconds) {
            this.name = name;
            this.renewalSeconds = renewalSeconds;
            this.leaseSeconds = leaseSeconds;
        }

        @Override
        public String getInstanceId() {
            return "localhost:" + name + ":8080";
        }

        @Override
        public String getAppname() {
            return name;
        }

        @Override
        public String getHostName(boolean refresh) {
            return "localhost";
        }

        @Override
        public String getIpAddress() {
            return "127.0.0.1";
        }

        @Override
        public int getNonSecurePort() {
            return 8080;
        }

        @Override
        public String getVirtualHostName() {
            return name + "-vip";
        }

        @Override
        public boolean isInstanceEnabledOnit() {
            return true;
        }

        @Override
        public int getLeaseRenewalIntervalInSeconds() {
            return renewalSeconds;
        }

        @Override
        public int getLeaseExpirationDurationInSeconds() {
            return leaseSeconds;
        }

        @Override
        public Map<String, String> getMetadataMap() {
            return Map.of("version", "1.2.3", "a_b", "<&>");
        }
    }

    private static final class ClientConfig extends DefaultEurekaClientConfig {
        private final String url;

        ClientConfig(String url) {
            this.url = url;
        }

        @Override
        public List<String> getEurekaServerServiceUrls(String zone) {
            return List.of(url);
        }

        @Override
        public int getRegistryFetchIntervalSeconds() {
            return 1;
        }

        @Override
        public int getInitialInstanceInfoReplicationIntervalSeconds() {
            return 0;
        }

        @Override
        public int getInstanceInfoReplicationIntervalSeconds() {
            return 1;
        }

        @Override
        public boolean shouldFilterOnlyUpInstances() {
            return false;
        }
    }
}
