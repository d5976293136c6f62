package io.legion.discovery.eureka;

import io.legion.discovery.eureka.InstanceWriter.Extent;
import io.legion.discovery.registry.Application;
import io.legion.discovery.service.InstanceList;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/// An application as an answer shows it. The trees of its instances are made one by one, as they are written.
///
/// @param name its name
/// @param instances the trees, once
record ShownApplication(String name, Stream<ObjectNode> instances) {
    /// The applications that have instances, with these.
    static Stream<ShownApplication> instances(InstanceList listing, Extent extent) {
        return listing.applications().entrySet().stream()
                .filter(entry -> !entry.getValue().leases().isEmpty())
                .map(entry -> new ShownApplication(entry.getKey(), instances(entry.getValue(), extent)));
    }

    /// The same, with the instances that were removed.
    static Stream<ShownApplication> changes(InstanceList listing, Extent extent) {
        return listing.applications().entrySet().stream()
                .map(entry -> new ShownApplication(
                        entry.getKey(),
                        Stream.concat(instances(entry.getValue(), extent), removed(entry.getValue(), extent))));
    }

    static Stream<ObjectNode> instances(Application application, Extent extent) {
        return application.leases().values().stream()
                .map(lease -> InstanceWriter.write(lease, extent, InstanceWriter.action(lease)));
    }

    private static Stream<ObjectNode> removed(Application application, Extent extent) {
        return application.removed().values().stream().map(lease -> InstanceWriter.write(lease, extent, "DELETED"));
    }
}
