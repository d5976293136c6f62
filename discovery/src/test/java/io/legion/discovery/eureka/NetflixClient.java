package io.legion.discovery.eureka;

import com.netflix.appinfo.ApplicationInfoManager;
import com.netflix.appinfo.InstanceInfo.InstanceStatus;
import com.netflix.appinfo.MyDataCenterInstanceConfig;
import com.netflix.appinfo.providers.EurekaConfigBasedInstanceInfoProvider;
import com.netflix.discovery.DefaultEurekaClientConfig;
import com.netflix.discovery.DiscoveryClient;
import com.netflix.discovery.Jersey3DiscoveryClientOptionalArgs;
import com.netflix.discovery.shared.transport.jersey3.Jersey3TransportClientFactories;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// The client of Netflix, as it is, with all that it asked and was answered.
///
/// @param discovery the client
/// @param exchanges what it asked and was answered, such as `PUT /eureka/apps/SHOP/a 200`
record NetflixClient(DiscoveryClient discovery, List<String> exchanges) implements AutoCloseable {

    /// A client that is one instance, `localhost:name:8080`, and fetches the registry each second.
    static NetflixClient start(List<String> urls, String name, int renewalSeconds, int leaseSeconds) {
        var instance = new InstanceConfig(name, renewalSeconds, leaseSeconds);
        var info = new EurekaConfigBasedInstanceInfoProvider(instance).get();
        info.setStatus(InstanceStatus.UP);
        var exchanges = new CopyOnWriteArrayList<String>();
        var arguments = new Jersey3DiscoveryClientOptionalArgs();
        arguments.setAdditionalFilters(List.of(new Recording(exchanges)));
        var manager = new ApplicationInfoManager(instance, info);
        var discovery =
                new DiscoveryClient(manager, new ClientConfig(urls), new Jersey3TransportClientFactories(), arguments);
        return new NetflixClient(discovery, exchanges);
    }

    boolean sees(String application) {
        return discovery.getApplication(application) != null;
    }

    InstanceStatus status(String application) {
        return discovery.getApplication(application).getInstances().getFirst().getStatus();
    }

    void tell(InstanceStatus status) {
        discovery.getApplicationInfoManager().setInstanceStatus(status);
    }

    long count(String exchange) {
        return exchanges.stream().filter(exchange::equals).count();
    }

    /// Cancels the registration and ends the client. A heartbeat that is under way just then may come after the
    /// cancellation; it is answered 404, and the client registers again before it ends. So a test that waits for
    /// it to be gone takes one that does not renew.
    @Override
    public void close() {
        discovery.shutdown();
    }

    private record Recording(List<String> exchanges) implements ClientRequestFilter, ClientResponseFilter {
        @Override
        public void filter(ClientRequestContext request) {
            // It is the answer that is recorded.
        }

        @Override
        public void filter(ClientRequestContext request, ClientResponseContext response) {
            exchanges.add(request.getMethod() + " " + request.getUri().getPath() + " " + response.getStatus());
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
        private final List<String> urls;

        ClientConfig(List<String> urls) {
            this.urls = urls;
        }

        @Override
        public List<String> getEurekaServerServiceUrls(String zone) {
            return urls;
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
