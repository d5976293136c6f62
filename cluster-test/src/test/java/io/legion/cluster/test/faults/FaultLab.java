package io.legion.cluster.test.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.cluster.test.Certificate;
import io.legion.cluster.test.Network;
import io.legion.command.CommandMain;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Three nodes, numbered from 1, in a [Network], and room for a fourth. Used by one thread.
final class FaultLab implements AutoCloseable {
    static final int NODES = 3;

    /// Whoever does not belong there.
    static final int STRANGER = 4;

    private static final Duration PROMISED = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final String ADMIN = "http://127.0.0.1:" + FaultyNodeMain.ADMIN;

    private final Path directory;
    private final Network network = Network.of(STRANGER);
    private final Map<Integer, FaultyNode> nodes = new TreeMap<>();

    /// The dashboard of the first node, open all the time.
    private @Nullable ShownPage page;

    private boolean isBroken;

    private FaultLab(Path directory) {
        this.directory = directory;
    }

    /// A place for nodes, of which none runs yet.
    static FaultLab of(Path directory) throws IOException {
        var lab = new FaultLab(directory);
        for (var whose : List.of("ours", "foreign")) {
            Certificate.make(Files.createDirectories(directory.resolve(whose)));
        }
        return lab;
    }

    /// Opens the dashboard of the first node, where there is a browser.
    void openPage() {
        if (ShownPage.canBeSeen()) {
            page = ShownPage.open(network.inside(1), ADMIN + "/", directory.resolve("browser"));
        }
    }

    Network network() {
        return network;
    }

    Path store(int number) {
        return directory.resolve("store" + number);
    }

    /// Starts a node and waits until it is ready.
    ///
    /// @param flags for its JVM
    void start(int number, String... flags) {
        launch(number, "ours", "", flags);
        node(number).awaitDone();
    }

    /// As [#start], with other classes before the usual ones.
    void startWith(Path classes, int number) {
        launch(number, "ours", classes + File.pathSeparator);
        node(number).awaitDone();
    }

    /// Starts the one who does not belong there. It never gets ready.
    void launchStranger() {
        launch(STRANGER, "foreign", "");
    }

    private void launch(int number, String certificate, String classes, String... flags) {
        var command = new ArrayList<>(network.inside(number));
        command.addAll(FaultyNode.java(List.of(flags), classes, FaultyNodeMain.class));
        command.addAll(List.of(
                store(number).toString(),
                directory.resolve(certificate).toString(),
                String.valueOf(number),
                String.valueOf(STRANGER)));
        nodes.put(number, FaultyNode.start("node " + number, command, directory.resolve("node" + number + ".log")));
    }

    FaultyNode node(int number) {
        return Objects.requireNonNull(nodes.get(number));
    }

    /// Waits until the doctor finds nothing critical, and every shard is served. If that has failed once, it fails at
    /// once.
    void awaitWell() {
        assertThat(isBroken).as("an earlier fault is not mended").isFalse();
        isBroken = true;
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (var finding = doctor(1); !finding.isWell(NODES); finding = doctor(1)) {
            assertThat(System.nanoTime()).as("still not well: %s", finding).isLessThan(end);
        }
        isBroken = false;
    }

    /// Waits until the others go on without the node that cannot be reached.
    void awaitReplaced() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (var finding = doctor(1); !isReplaced(finding); finding = doctor(1)) {
            assertThat(System.nanoTime()).as("still in its shards: %s", finding).isLessThan(end);
        }
    }

    private static boolean isReplaced(Finding finding) {
        return finding.problems().stream()
                .anyMatch(found -> found.cause().equals("NODE_UNREACHABLE")
                        && found.shards().isEmpty());
    }

    /// Asks the doctor until it names the cause, at these nodes; it must do so within ten seconds, and say nothing
    /// critical that is not so. The dashboard of the first node must show it too.
    ///
    /// @param fault what was done, just now
    /// @param asked the node whose admin service is asked
    /// @param companions what is critical too
    /// @return what it says
    Finding.Found expect(String fault, int asked, String cause, Set<String> companions, Integer... concerned) {
        if (page != null) {
            page.forget();
        }
        long begin = System.nanoTime();
        var hosts = Set.of(concerned).stream().map(Network::host).collect(Collectors.toSet());
        while (true) {
            var finding = doctor(asked);
            long took = System.nanoTime() - begin;
            var named = finding.problems().stream()
                    .filter(found ->
                            found.cause().equals(cause) && found.hosts().containsAll(hosts))
                    .findFirst();
            if (named.isPresent()) {
                assertThat(finding.code()).isEqualTo(5);
                assertThat(finding.critical()).as(finding.toString()).isSubsetOf(with(companions, cause));
                row(fault, asked, named.get(), took);
                if (page != null && asked == 1) {
                    page.await(cause, PROMISED);
                }
                return named.get();
            }
            assertThat(Duration.ofNanos(took))
                    .as("%s: the doctor still says: %s", fault, finding)
                    .isLessThan(PROMISED);
        }
    }

    private static Set<String> with(Set<String> companions, String cause) {
        var all = new TreeSet<>(companions);
        all.add(cause);
        return all;
    }

    private void row(String fault, int asked, Finding.Found found, long nanos) {
        System.out.printf("| %s | %d | %.1f s | %s | %s |%n", fault, asked, nanos / 1e9, found.cause(), found.what());
    }

    /// What the doctor says at a node, as a process in its network.
    Finding doctor(int number) {
        var run = legion(number, "doctor", "--json");
        return Finding.of(run.code(), run.out());
    }

    /// The id of the node with this number, as the operator reads it.
    String idOf(int number) {
        return Objects.requireNonNull(doctor(1).ids().get(Network.host(number)));
    }

    /// An order, which is carried out.
    void order(String... line) {
        var ran = legion(1, line);
        assertThat(ran.code()).as(ran.toString()).isZero();
    }

    /// An operating command against the admin service of a node.
    Ran legion(int number, String... line) {
        var command = new ArrayList<>(network.inside(number));
        command.addAll(FaultyNode.java(List.of(), "", CommandMain.class));
        command.addAll(List.of(line));
        command.addAll(List.of("--admin", ADMIN));
        try {
            var process = new ProcessBuilder(command).start();
            process.getOutputStream().close();
            var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ran(process.waitFor(), out, err);
        } catch (IOException | InterruptedException failure) {
            throw new AssertionError(failure);
        }
    }

    /// A command that has ended.
    record Ran(int code, String out, String err) {}

    @Override
    public void close() {
        if (page != null) {
            page.close();
        }
        nodes.values().forEach(FaultyNode::kill);
        network.close();
    }
}
