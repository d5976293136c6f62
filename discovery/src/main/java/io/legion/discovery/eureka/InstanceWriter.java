package io.legion.discovery.eureka;

import io.legion.discovery.json.Json;
import io.legion.discovery.registry.DataCenter;
import io.legion.discovery.registry.Instance;
import io.legion.discovery.registry.Lease;
import io.legion.discovery.registry.Port;
import tools.jackson.databind.node.ObjectNode;

/// Writes an instance as the tree that Eureka's clients read: see [XmlTree] for the meaning of `@` and `$`.
final class InstanceWriter {
    /// How much of an instance a client wants.
    enum Extent {
        /// Everything.
        FULL,
        /// What a caller needs to call it.
        COMPACT
    }

    /// The class of Amazon's data center in Netflix's client.
    static final String AMAZON_CLASS = "com.netflix.appinfo.AmazonInfo";

    private static final String OTHER_CLASS = "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo";

    private InstanceWriter() {}

    /// The tree of an instance.
    ///
    /// @param action what happened to it last: `ADDED`, `MODIFIED` or `DELETED`
    static ObjectNode write(Lease lease, Extent extent, String action) {
        var instance = lease.announced().instance().decode();
        var node = Json.object();
        node.put("instanceId", instance.id());
        node.put("hostName", instance.host());
        node.put("app", instance.application());
        node.put("ipAddr", instance.address());
        node.put("status", lease.status().name());
        node.set("port", port(instance.port()));
        node.set("securePort", port(instance.securePort()));
        node.set("dataCenterInfo", dataCenter(instance));
        text(node, instance, "vipAddress");
        text(node, instance, "secureVipAddress");
        text(node, instance, "asgName");
        if (extent == Extent.FULL) {
            rest(node, lease, instance);
        }
        node.put("lastUpdatedTimestamp", Long.toString(lease.times().changed()));
        node.put("actionType", action);
        return node;
    }

    /// The action type of a registered instance.
    static String action(Lease lease) {
        return lease.modified() ? "MODIFIED" : "ADDED";
    }

    private static void rest(ObjectNode node, Lease lease, Instance instance) {
        node.put("overriddenStatus", lease.override().name());
        node.put("countryId", instance.countryId());
        node.set("leaseInfo", leaseInfo(lease, instance));
        var metadata = node.putObject("metadata");
        instance.metadata().forEach(metadata::put);
        text(node, instance, "appGroupName");
        text(node, instance, "sid");
        text(node, instance, "homePageUrl");
        text(node, instance, "statusPageUrl");
        text(node, instance, "healthCheckUrl");
        text(node, instance, "secureHealthCheckUrl");
        node.put("isCoordinatingDiscoveryServer", "false");
        node.put("lastDirtyTimestamp", Long.toString(lease.announced().dirtyMillis()));
    }

    private static ObjectNode port(Port port) {
        return Json.object().put("$", port.number()).put("@enabled", Boolean.toString(port.enabled()));
    }

    /// Clients choose a class by this name; only Amazon's has metadata.
    private static ObjectNode dataCenter(Instance instance) {
        var center = instance.dataCenter();
        boolean amazon = center.name().equals(DataCenter.AMAZON);
        var node =
                Json.object().put("@class", amazon ? AMAZON_CLASS : OTHER_CLASS).put("name", center.name());
        if (amazon) {
            var metadata = node.putObject("metadata");
            center.metadata().forEach(metadata::put);
        }
        return node;
    }

    private static ObjectNode leaseInfo(Lease lease, Instance instance) {
        var times = lease.times();
        return Json.object()
                .put("renewalIntervalInSecs", instance.renewal().toSeconds())
                .put("durationInSecs", instance.lease().toSeconds())
                .put("registrationTimestamp", times.registered())
                .put("lastRenewalTimestamp", times.renewed())
                .put("evictionTimestamp", 0)
                .put("serviceUpTimestamp", times.up());
    }

    private static void text(ObjectNode node, Instance instance, String name) {
        if (!instance.text(name).isEmpty()) {
            node.put(name, instance.text(name));
        }
    }
}
