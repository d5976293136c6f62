package io.legion.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An attack on the admin service of a node whose application works meanwhile. Where there are two processors, the node
/// has one for itself, so that what the attackers use is not counted.
///
/// Times without an attack and with one take turns. What is compared is how long half of the requests take, and how
/// much fewer there are on a processor that is busy with nothing else, which follows from what the node uses: what
/// other programs take of the processors is no matter of the service.
@Timeout(600)
class AttackBesideAnApplicationTest {
    private static final int SECONDS = Integer.getInteger("legion.admin.attack", 10);
    private static final long SEED = Long.getLong("legion.admin.seed", 15);
    private static final int TIMES = 5;
    private static final int MILLIS = SECONDS * 1_000 / TIMES;

    /// In so long a run the slowest requests are compared too.
    private static final int LONG = 60;

    private static final double MOST_SLOWER = 1.2;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long MEBIBYTE = 1 << 20;
    private static final Path TASKSET = Path.of("/usr/bin/taskset");

    @TempDir
    private Path directory = Path.of("");

    /// @param requests so many were done
    /// @param processorMillis so much time of processors the node had
    private record Work(long requests, long processorMillis, long medianNanos, long slowNanos) {
        private double millisOfARequest() {
            return (double) processorMillis / requests;
        }
    }

    /// The same time without an attack and with one.
    private record Pair(Work quiet, Work attacked) {
        /// On a processor of which an attack takes a part, the application has the rest.
        private double fewer() {
            double takenMillis = attacked.processorMillis - attacked.requests * quiet.millisOfARequest();
            return 1 / (1 - takenMillis / MILLIS);
        }

        private double slower(ToDoubleFunction<Work> measure) {
            return measure.applyAsDouble(attacked) / measure.applyAsDouble(quiet);
        }
    }

    private record Held(long heap, long threads, long fileHandles) {}

    @Test
    void theApplicationGoesOnAndTheNodeKeepsNothing() throws IOException, InterruptedException {
        var log = directory.resolve("log");
        var process =
                java(0, AttackedNodeMain.class).redirectError(log.toFile()).start();
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            int port = Integer.parseInt(out.readLine());
            int withoutPace = Integer.parseInt(out.readLine());
            var _ = attacked(process, out, withoutPace); // the compiler of the JVM has done its work then
            var before = held(process, out);
            var pairs = new ArrayList<Pair>();
            for (int i = 0; i < TIMES; i++) {
                pairs.add(new Pair(work(process, out), attacked(process, out, port)));
            }
            assertThat(status(port, "/cluster")).isEqualTo(200);
            var after = held(process, out);
            pairs.forEach(System.out::println);
            System.out.println("held " + before + ", then " + after + ", log " + Files.size(log) + " B");

            requireFew("requests", pairs, Pair::fewer);
            requireFew("median", pairs, pair -> pair.slower(Work::medianNanos));
            if (SECONDS >= LONG) {
                requireFew("99th percentile", pairs, pair -> pair.slower(Work::slowNanos));
            }
            assertThat(after.heap - before.heap).isLessThan(16 * MEBIBYTE);
            assertThat(after.threads - before.threads).isLessThan(20);
            assertThat(after.fileHandles - before.fileHandles).isLessThan(10);
            assertThat(Files.size(log)).isLessThan(2 * MEBIBYTE);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static void requireFew(String what, List<Pair> pairs, ToDoubleFunction<Pair> slower) {
        var all = pairs.stream().mapToDouble(slower).sorted().toArray();
        var said = what + ", how many times slower under attack: " + Arrays.toString(all);
        System.out.println(said);
        assertThat(all[TIMES / 2]).as(said).isLessThan(MOST_SLOWER);
    }

    /// A main class of these tests as a process of its own, on this processor alone.
    private static ProcessBuilder java(int processor, Class<?> main, String... arguments) {
        var command = new ArrayList<String>();
        if (Runtime.getRuntime().availableProcessors() > processor && Files.isExecutable(TASKSET)) {
            command.addAll(List.of(TASKSET.toString(), "-c", String.valueOf(processor)));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /// Operators ask meanwhile, each on a connection of his own.
    private static Work attacked(Process process, BufferedReader out, int port) throws IOException {
        var attackers = java(1, Attackers.class, String.valueOf(port), String.valueOf(SEED))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var said = attackers.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("under way");
            var replies = Stream.of("/health/live", "/cluster")
                    .map(path -> CompletableFuture.supplyAsync(() -> status(port, path), Thread::startVirtualThread))
                    .toList();
            var work = work(process, out);
            long begin = System.nanoTime();
            assertThat(replies).allSatisfy(reply -> assertThat(reply.join()).isEqualTo(200));
            attackers.getOutputStream().close();
            long sent = Long.parseLong(said.readLine());
            System.out.println(sent + " hostile requests, operators waited "
                    + Duration.ofNanos(System.nanoTime() - begin).toMillis() + " ms more");
            assertThat(sent).isPositive();
            return work;
        } finally {
            attackers.destroyForcibly().onExit().join();
        }
    }

    private static Work work(Process process, BufferedReader out) throws IOException {
        var said = ask(process, out, "work " + MILLIS);
        return new Work(said[0], said[1], said[2], said[3]);
    }

    private static Held held(Process process, BufferedReader out) throws IOException {
        var said = ask(process, out, "hold");
        return new Held(said[0], said[1], said[2]);
    }

    private static long[] ask(Process process, BufferedReader out, String order) throws IOException {
        process.getOutputStream().write((order + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        return Arrays.stream(out.readLine().split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
    }

    private static int status(int port, String path) {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(PATIENCE)
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(path + " was not answered within " + PATIENCE, failure);
        }
    }
}
