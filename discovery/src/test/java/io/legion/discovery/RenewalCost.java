package io.legion.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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
    private static final Duration WARM_UP = Duration.ofSeconds(4);
    private static final Duration MEASURED = Duration.ofSeconds(6);
    private static final List<String> FLAGS = List.of("-Xmx512m");

    @TempDir
    private Path directory;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 1000})
    void renewals(int instances) throws Exception {
        try (var node = RegistryNode.start(directory, FLAGS)) {
            for (int i = 0; i < instances; i++) {
                assertThat(register(node, i)).isEqualTo(204);
            }
            long size = node.get("/eureka/apps/SHOP").body().length();
            for (int threads : new int[] {1, 16}) {
                run(node, instances, threads, WARM_UP);
                long written = written(node);
                var nanos = run(node, instances, threads, MEASURED);
                System.out.printf(
                        "%d instances (%d bytes as JSON), %d threads: %.0f renewals/s, median %.2f ms, 99 %% %.2f ms,"
                                + " %d bytes written by the process for each%n",
                        instances,
                        size,
                        threads,
                        nanos.length / (double) MEASURED.toSeconds(),
                        nanos[nanos.length / 2] / 1e6,
                        nanos[(int) (nanos.length * 0.99)] / 1e6,
                        (written(node) - written) / nanos.length);
            }
        }
    }

    /// Renews one instance after the other; answers how long each took, in order of length.
    private long[] run(RegistryNode node, int instances, int threads, Duration duration) throws Exception {
        var callers = new ArrayList<Callable<List<Long>>>();
        for (int thread = 0; thread < threads; thread++) {
            int first = thread;
            callers.add(() -> renew(node, first, instances, duration));
        }
        try (var executor = Executors.newFixedThreadPool(threads)) {
            var all = new ArrayList<Long>();
            for (var done : executor.invokeAll(callers)) {
                all.addAll(done.get());
            }
            var nanos = all.stream().mapToLong(Long::longValue).toArray();
            Arrays.sort(nanos);
            return nanos;
        }
    }

    private List<Long> renew(RegistryNode node, int first, int instances, Duration duration)
            throws IOException, InterruptedException {
        var nanos = new ArrayList<Long>();
        long end = System.nanoTime() + duration.toNanos();
        for (int i = first; System.nanoTime() < end; i += 17) {
            var path = "/eureka/apps/SHOP/host-" + i % instances + "?status=UP&lastDirtyTimestamp=1";
            long begin = System.nanoTime();
            assertThat(send(node, "PUT", path, "")).isEqualTo(200);
            nanos.add(System.nanoTime() - begin);
        }
        return nanos;
    }

    private int register(RegistryNode node, int number) throws IOException, InterruptedException {
        var body = """
                {"instance":{"instanceId":"host-%1$d","app":"SHOP","hostName":"host-%1$d","ipAddr":"10.0.0.1",
                "status":"UP","port":{"$":8080,"@enabled":"true"},"vipAddress":"shop","secureVipAddress":"shop",
                "homePageUrl":"http://host-%1$d:8080/","statusPageUrl":"http://host-%1$d:8080/actuator/info",
                "healthCheckUrl":"http://host-%1$d:8080/actuator/health","lastDirtyTimestamp":"1",
                "dataCenterInfo":{"@class":"com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo","name":"MyOwn"},
                "leaseInfo":{"durationInSecs":86400},"metadata":{"management.port":"8080","version":"1.2.3"}}}
                """.formatted(number);
        return send(node, "POST", "/eureka/apps/SHOP", body);
    }

    private int send(RegistryNode node, String method, String path, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(node.uri(path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
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
