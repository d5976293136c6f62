package io.legion.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.Legion;
import io.legion.discovery.process.ProcessFileHandles;
import io.legion.discovery.registry.Registrations;
import io.legion.memory.SoloCluster;
import io.legion.service.LogThreshold;
import io.legion.service.Logger;
import io.legion.service.MicrometerMonitor;
import io.legion.service.RecordingLogger;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The meters of a whole node, as its main program opens it.
class MetersTest {
    @TempDir
    private Path directory;

    @Test
    void allMetersOfOneNameHaveTheSameKeysOfTags() throws Exception {
        var registry = new SimpleMeterRegistry();
        var keysByName = new ConcurrentHashMap<String, Set<Set<String>>>();
        registry.config()
                .onMeterAdded(meter -> keysByName
                        .computeIfAbsent(meter.getId().getName(), _ -> ConcurrentHashMap.newKeySet())
                        .add(keys(meter)));
        serve(registry);
        assertThat(keysByName)
                .containsKeys(
                        "legion.store.write",
                        "legion.rocksdb.write",
                        "legion.mailbox",
                        "http.requests",
                        "discovery.instances")
                .allSatisfy((name, keys) -> assertThat(keys).as(name).hasSize(1));
    }

    /// Opens a node, and lets it answer a request.
    private void serve(SimpleMeterRegistry registry) throws IOException, InterruptedException {
        var config = NodeText.of(directory.resolve("store"), 0).parsed();
        try (var monitor = MicrometerMonitor.open(new MicrometerMonitor.Config(false), registry);
                var logger = RecordingLogger.open();
                var store = config.store().open(logger, monitor).open();
                var cluster = SoloCluster.open();
                var legion = Legion.with(config.legion())
                        .store(store.handle())
                        .cluster(cluster)
                        .logger(logger)
                        .monitor(monitor)
                        .open(Registrations.TYPE);
                var http = new Registry(
                                config,
                                legion,
                                System::currentTimeMillis,
                                logger,
                                new LogThreshold(Logger.Priority.INFO),
                                monitor,
                                () -> "",
                                new ProcessFileHandles())
                        .serving()
                        .open();
                var client = HttpClient.newHttpClient()) {
            logger.allow(Logger.Priority.INFO, "");
            var uri = URI.create("http://127.0.0.1:" + http.handle().http().port() + "/v1/services/shop/instances/a");
            var request = HttpRequest.newBuilder(uri)
                    .header("Content-Type", "application/json")
                    .PUT(HttpRequest.BodyPublishers.ofString("{\"address\":\"h\",\"port\":1}"))
                    .build();
            var reply = client.send(request, HttpResponse.BodyHandlers.discarding());
            assertThat(reply.statusCode()).isEqualTo(201);
        }
    }

    private static Set<String> keys(Meter meter) {
        return meter.getId().getTags().stream().map(Tag::getKey).collect(Collectors.toSet());
    }
}
