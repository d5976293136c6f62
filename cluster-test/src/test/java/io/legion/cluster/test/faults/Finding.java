package io.legion.cluster.test.faults;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/// What an admin service shows of the cluster, and `doctor` as it does.
///
/// @param ids the member at each host
/// @param known how many nodes could be asked
/// @param unserved how many shards are in another state than `SERVING`
record Finding(Map<String, String> ids, int known, long unserved, List<Found> problems) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// @param hosts of the nodes concerned
    record Found(
            String cause,
            boolean critical,
            Set<String> hosts,
            List<Integer> shards,
            String what,
            List<String> evidence) {}

    /// @param json `/cluster`
    static Finding of(String json) {
        var cluster = JSON.readTree(json);
        Map<String, String> hosts = new TreeMap<>();
        Map<String, String> ids = new TreeMap<>();
        int known = 0;
        for (var node : cluster.get("nodes")) {
            var host = text(node, "address").replaceAll(":.*", "");
            hosts.put(text(node, "node"), host);
            if (!text(node, "status").equals("GONE")) {
                ids.put(host, text(node, "node"));
            }
            known += node.get("known").asBoolean() ? 1 : 0;
        }
        long serving = cluster.get("shards").path("SERVING").asLong();
        return new Finding(
                ids,
                known,
                cluster.get("cluster").get("shards").asLong() - serving,
                cluster.get("problems")
                        .valueStream()
                        .map(problem -> found(problem, hosts))
                        .toList());
    }

    private static Found found(JsonNode problem, Map<String, String> hosts) {
        var concerned = new TreeSet<String>();
        problem.get("nodes").forEach(node -> concerned.add(hosts.get(node.asString())));
        return new Found(
                text(problem, "cause"),
                text(problem, "severity").equals("CRITICAL"),
                concerned,
                problem.get("shards").valueStream().map(JsonNode::asInt).toList(),
                text(problem, "what"),
                problem.get("evidence").valueStream().map(JsonNode::asString).toList());
    }

    private static String text(JsonNode node, String name) {
        return node.get(name).asString();
    }

    /// The critical causes.
    Set<String> critical() {
        return problems.stream().filter(Found::critical).map(Found::cause).collect(Collectors.toSet());
    }

    /// A problem of this cause, at these hosts.
    Optional<Found> named(String cause, Set<String> concerned) {
        return problems.stream()
                .filter(found -> found.cause().equals(cause) && found.hosts().containsAll(concerned))
                .findFirst();
    }

    boolean isWell(int nodes) {
        return known == nodes && unserved == 0 && critical().isEmpty();
    }
}
