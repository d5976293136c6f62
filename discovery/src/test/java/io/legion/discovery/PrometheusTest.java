package io.legion.discovery;

import static io.legion.discovery.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.legion.discovery.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Prometheus as Debian packs it, which finds what to scrape with `eureka_sd_configs`.
class PrometheusTest {
    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void itScrapesWhatIsRegisteredThroughEitherApiAndNoMoreWhatLeft() throws IOException {
        var program = InstalledClients.require("usr/bin/prometheus");
        try (var registry = new TestRegistry(System::currentTimeMillis)) {
            register(registry);
            int port = FreePort.next();
            Files.writeString(directory.resolve("prometheus.yml"), """
                    scrape_configs:
                      - job_name: eureka
                        eureka_sd_configs:
                          - server: http://127.0.0.1:%d/eureka
                            refresh_interval: 1s
                    """.formatted(registry.port()));
            var command = List.of(
                    program.toString(),
                    "--config.file=prometheus.yml",
                    "--storage.tsdb.path=data",
                    "--web.listen-address=127.0.0.1:" + port);
            try (var prometheus = RunningProgram.start(directory, command)) {
                until("it found them:\n" + prometheus.err(), () -> targets(port).size() == 2);
                assertThat(targets(port).get("a1"))
                        .containsEntry("__address__", "10.0.0.1:8081")
                        .containsEntry("__meta_eureka_app_name", "ORDERS")
                        .containsEntry("__meta_eureka_app_instance_status", "UP")
                        .containsEntry("__meta_eureka_app_instance_port", "8081")
                        .containsEntry("__meta_eureka_app_instance_metadata_version", "1.4.0");
                assertThat(targets(port).get("a2"))
                        .containsEntry("__address__", "host-2:8082")
                        .containsEntry("__meta_eureka_app_instance_ip_addr", "10.0.0.2")
                        .containsEntry("__meta_eureka_app_instance_datacenterinfo_name", "Amazon")
                        .containsEntry("__meta_eureka_app_instance_datacenterinfo_metadata_ami_id", "ami-7")
                        .containsEntry("__meta_eureka_app_instance_secure_port_enabled", "true");
                registry.send("DELETE", "/v1/services/orders/instances/a1", "");
                until("it sees one leave", () -> targets(port).keySet().equals(Set.of("a2")));
                assertThat(prometheus.err()).doesNotContain("level=error", "Unable to refresh");
            }
        }
        http.close();
    }

    private static void register(TestRegistry registry) {
        var plain = "{\"address\":\"10.0.0.1\",\"port\":8081,\"version\":\"1.4.0\"}";
        registry.send("PUT", "/v1/services/orders/instances/a1", plain, "Content-Type", "application/json");
        var eurekas = """
                {"instance":{"instanceId":"a2","hostName":"host-2","app":"ORDERS","ipAddr":"10.0.0.2","status":"UP",
                "port":{"$":8082,"@enabled":"true"},"securePort":{"$":8443,"@enabled":"true"},
                "dataCenterInfo":{"@class":"com.netflix.appinfo.AmazonInfo","metadata":{"ami-id":"ami-7"}}}}""";
        registry.send("POST", "/eureka/apps/ORDERS", eurekas, "Content-Type", "application/json");
    }

    /// The labels of each target by the id of the instance.
    private Map<String, Map<String, String>> targets(int port) {
        var targets = new TreeMap<String, Map<String, String>>();
        for (var target : Json.MAPPER.readTree(get(port)).at("/data/activeTargets")) {
            var labels = new TreeMap<String, String>();
            target.get("discoveredLabels")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asString()));
            targets.put(labels.get("__meta_eureka_app_instance_id"), labels);
        }
        return targets;
    }

    private String get(int port) {
        var uri = URI.create("http://127.0.0.1:" + port + "/api/v1/targets?state=active");
        try {
            var reply = http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            return reply.statusCode() == 200 ? reply.body() : "{}";
        } catch (IOException notYet) {
            return "{}";
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
