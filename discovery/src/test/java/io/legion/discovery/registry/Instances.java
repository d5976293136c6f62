package io.legion.discovery.registry;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/// Instances for tests.
public final class Instances {
    private Instances() {}

    public static Instance named(String application, String id) {
        return named(application, id, Duration.ofSeconds(90));
    }

    public static Instance named(String application, String id, Duration lease) {
        return new Instance(
                id,
                application,
                "host-" + id,
                "10.0.0.1",
                new Port(8080, true),
                new Port(8443, false),
                DataCenter.MY_OWN,
                1,
                Duration.ofSeconds(30),
                lease,
                new TreeMap<>(Map.of("vipAddress", "orders,orders-eu", "secureVipAddress", "orders-tls")),
                new TreeMap<>(Map.of("version", "1.2.3")));
    }

    public static InstanceKey key(String id) {
        return new InstanceKey("ORDERS", id);
    }

    public static Register register(String id, Status status, long dirtyMillis) {
        return Register.of(named("ORDERS", id), status, Status.UNKNOWN, dirtyMillis);
    }
}
