package io.legion.discovery.eureka;

import io.legion.admin.Health;
import io.legion.discovery.json.Json;
import io.legion.http.ApiReply;
import io.legion.http.ApiRequest;
import io.legion.http.Route;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The status of the server, as people and scripts know it from Netflix's: how large it is, how long it runs, and
/// which other servers it reaches.
final class EurekaStatus {
    /// The name of the element that Netflix's server answers with in XML.
    private static final String ROOT = "com.netflix.eureka.util.StatusInfo";

    private static final long MEBIBYTE = 1 << 20;

    private final Health health;

    EurekaStatus(Health health) {
        this.health = health;
    }

    Route under(String base) {
        return new Route("GET", base + "/status", this::status);
    }

    private ApiReply status(ApiRequest request) {
        var peers = health.peers();
        var node = Json.object();
        var general = node.putObject("generalStats");
        long total = Runtime.getRuntime().totalMemory();
        long used = total - Runtime.getRuntime().freeMemory();
        general.put("num-of-cpus", String.valueOf(Runtime.getRuntime().availableProcessors()));
        general.put("total-avail-memory", total / MEBIBYTE + "mb");
        general.put("current-memory-usage", used / MEBIBYTE + "mb (" + used * 100 / total + "%)");
        general.put("server-uptime", uptime());
        var replicas = node.putObject("applicationStats");
        replicas.put("registered-replicas", addresses(peers, _ -> true));
        replicas.put("available-replicas", addresses(peers, Health.Peer::reachable));
        replicas.put("unavailable-replicas", addresses(peers, peer -> !peer.reachable()));
        node.put("isHealthy", health.reasonsAgainst().isEmpty());
        return switch (Format.accepted(request)) {
            case JSON -> ApiReply.of(200, ApiReply.JSON, Json.MAPPER.writeValueAsBytes(node));
            case XML -> ApiReply.of(200, ApiReply.XML, Format.XML.one(ROOT, node));
        };
    }

    private static String uptime() {
        var up = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
        return String.format(Locale.ROOT, "%02d:%02d", up.toHours(), up.toMinutesPart());
    }

    private static String addresses(List<Health.Peer> peers, Predicate<Health.Peer> wanted) {
        return peers.stream()
                .filter(wanted)
                .map(peer -> peer.address().isEmpty() ? peer.node() : peer.address())
                .collect(Collectors.joining(","));
    }
}
