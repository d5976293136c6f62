package io.legion.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How many renewals a second a node answers, by the number of instances of the application: printed, for the
/// documents. Not one of the tests, since a time is no test; `-Dtest=RenewalCost` runs it.
class RenewalCost {
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration MEASURED = Duration.ofSeconds(10);
    private static final List<String> FLAGS = List.of("-Xmx512m", "-XX:+UseG1GC");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100, 1000, 10_000})
    void renewals(int instances) throws Exception {
        var text = NodeText.of(directory.resolve("store"), FreePort.next());
        try (var node = RegistryNode.start(directory, FLAGS, text).ready()) {
            fill(node, instances);
            for (int clients : new int[] {1, 32}) {
                run(node, instances, clients, WARM_UP);
                long written = written(node);
                var processor = processor(node);
                var nanos = run(node, instances, clients, MEASURED);
                System.out.printf(
                        "%d instances, %d clients: %.0f renewals/s, median %.2f ms, 99 %% %.2f ms;"
                                + " for each, the node wrote %d bytes and took %.0f \u00b5s of the processors%n",
                        instances,
                        clients,
                        nanos.length / (double) MEASURED.toSeconds(),
                        nanos[nanos.length / 2] / 1e6,
                        nanos[(int) (nanos.length * 0.99)] / 1e6,
                        (written(node) - written) / nanos.length,
                        processor(node).minus(processor).toNanos() / 1e3 / nanos.length);
            }
        }
    }

    private static void fill(RegistryNode node, int instances) throws IOException {
        try (var client = new LoadClient(node.port())) {
            for (int i = 0; i < instances; i++) {
                assertThat(client.send("POST", "/eureka/apps/SHOP", body(i))).isEqualTo(204);
            }
        }
    }

    /// Renews one instance after the other; answers how long each took, in order of length.
    private static long[] run(RegistryNode node, int instances, int clients, Duration duration) throws Exception {
        var callers = new ArrayList<Callable<List<Long>>>();
        for (int client = 0; client < clients; client++) {
            int first = client;
            callers.add(() -> renew(node, first, instances, duration));
        }
        try (var executor = Executors.newFixedThreadPool(clients)) {
            var all = new ArrayList<Long>();
            for (var done : executor.invokeAll(callers)) {
                all.addAll(done.get());
            }
            var nanos = all.stream().mapToLong(Long::longValue).toArray();
            Arrays.sort(nanos);
            return nanos;
        }
    }

    private static List<Long> renew(RegistryNode node, int first, int instances, Duration duration) throws IOException {
        var nanos = new ArrayList<Long>();
        long end = System.nanoTime() + duration.toNanos();
        try (var client = new LoadClient(node.port())) {
            for (int i = first; System.nanoTime() < end; i += 17) {
                var path = "/eureka/apps/SHOP/host-" + i % instances + "?status=UP&lastDirtyTimestamp=1";
                long begin = System.nanoTime();
                assertThat(client.send("PUT", path, "")).isEqualTo(200);
                nanos.add(System.nanoTime() - begin);
            }
        }
        return nanos;
    }

    private static String body(int number) {
        return """
                {"instance":{"instanceId":"host-%1$d","app":"SHOP","hostName":"host-%1$d","ipAddr":"10.0.0.1",
                "status":"UP","port":{"$":8080,"@enabled":"true"},"vipAddress":"shop","secureVipAddress":"shop",
                "homePageUrl":"http://host-%1$d:8080/","statusPageUrl":"http://host-%1$d:8080/actuator/info",
                "healthCheckUrl":"http://host-%1$d:8080/actuator/health","lastDirtyTimestamp":"1",
                "dataCenterInfo":{"@class":"com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo","name":"MyOwn"},
                "leaseInfo":{"durationInSecs":86400},"metadata":{"management.port":"8080","version":"1.2.3"}}}
                """.formatted(number);
    }

    private static Duration processor(RegistryNode node) {
        return node.program().handle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /// What the node's process has written, in bytes; 0 where the system does not tell.
    private static long written(RegistryNode node) throws IOException {
        var file = Path.of("/proc", Long.toString(node.pid()), "io");
        if (!Files.isReadable(file)) {
            return 0;
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("wchar: "))
                .mapToLong(line -> Long.parseLong(line.substring("wchar: ".length())))
                .sum();
    }
}
