package io.legion.admin.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The versions of the partition types of a staged cluster.
final class StagedVersions {
    private Object registrations = type("registrations", 1, 1, "ACTIVE", List.of(), List.of(), null);

    private Object orders = orders(true);

    /// No shard has the type `orders` yet.
    void holdOrders() {
        orders = orders(false);
    }

    /// A node runs version 2 of a type; the others do too if it is held.
    void announce(List<String> nodes, int number, boolean held) {
        var announced = nodes.stream()
                .map(node -> announced(node, held || node.equals(nodes.get(number))))
                .toList();
        var version = "Version 2 of the partition type 'registrations' ";
        registrations = held
                ? type(
                        "registrations",
                        1,
                        2,
                        "HELD",
                        announced,
                        List.of(nodes.get(number)),
                        version + "is not active, though all nodes run it: it is held by " + nodes.get(number) + ".")
                : type(
                        "registrations",
                        1,
                        2,
                        "LACKING",
                        announced,
                        List.of(),
                        version + "is not active yet: it waits for the other nodes.");
    }

    private static Object announced(String node, boolean upgraded) {
        return StagedCluster.object(
                "node", node, "release", upgraded ? "2026-12" : "2026-11", "minimum", 1, "newest", upgraded ? 2 : 1);
    }

    /// A type of one version.
    ///
    /// @param active whether any shard has it yet; if not, somebody holds it
    private static Object orders(boolean active) {
        return active
                ? type("orders", 1, 1, "ACTIVE", List.of(), List.of(), null)
                : type(
                        "orders",
                        0,
                        1,
                        "HELD",
                        List.of(),
                        List.of(),
                        "Version 1 of the partition type 'orders' is held.");
    }

    private static Object type(
            String name,
            int active,
            int newest,
            String state,
            List<Object> announced,
            List<String> holding,
            @Nullable String reason) {
        return StagedCluster.object(
                "type",
                name,
                "state",
                state,
                "least",
                active,
                "most",
                active,
                "newest",
                newest,
                "indexing",
                0,
                "lacking",
                List.of(),
                "holding",
                holding,
                "announced",
                announced,
                "reason",
                reason,
                "next",
                reason == null ? null : "To make it active: ./legion versions raise.");
    }

    Object answer() {
        return List.of(registrations, orders);
    }
}
