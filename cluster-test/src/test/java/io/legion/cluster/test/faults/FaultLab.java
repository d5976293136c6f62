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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
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
    private final Map<Integer, Asker> askers = new TreeMap<>();

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

    /// Waits until nothing is critical, and every shard is served. If that has failed once, it fails at once.
    void awaitWell() {
        assertThat(isBroken).as("an earlier fault is not mended").isFalse();
        isBroken = true;
        await("the cluster is well", finding -> finding.isWell(NODES));
        isBroken = false;
    }

    /// Waits until the others go on without the node that cannot be reached.
    void awaitReplaced() {
        await("the node is in no shard", FaultLab::isReplaced);
    }

    /// Waits until a problem of this cause is shown with evidence that has this part.
    void awaitEvidence(String cause, String part) {
        await(
                "the evidence has " + part,
                finding -> finding.problems().stream()
                        .filter(problem -> problem.cause().equals(cause))
                        .flatMap(problem -> problem.evidence().stream())
                        .anyMatch(line -> line.contains(part)));
    }

    private void await(String what, Predicate<Finding> isSo) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (var shown = shown(1); shown.filter(isSo).isEmpty(); shown = shown(1)) {
            assertThat(System.nanoTime())
                    .as("%s: it still shows %s", what, shown)
                    .isLessThan(end);
        }
    }

    /// What the admin service of a node shows; empty if it does not answer.
    private Optional<Finding> shown(int number) {
        return askers.computeIfAbsent(number, asked -> Asker.open(network.inside(asked), ADMIN))
                .look();
    }

    private static boolean isReplaced(Finding finding) {
        return finding.problems().stream()
                .anyMatch(found -> found.cause().equals("NODE_UNREACHABLE")
                        && found.shards().isEmpty());
    }

    /// Waits until the admin service shows the cause, at these nodes, and then asks the doctor: it must name the cause
    /// within ten seconds, and say nothing critical that is not so. The dashboard of the first node must show it.
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
            var shown = shown(asked);
            if (shown.flatMap(finding -> finding.named(cause, hosts)).isPresent()) {
                var diagnosis = doctor(asked);
                var named = diagnosis.finding().named(cause, hosts);
                if (named.isPresent()) {
                    assertThat(diagnosis.code()).isEqualTo(5);
                    assertThat(diagnosis.finding().critical())
                            .as(diagnosis.toString())
                            .isSubsetOf(with(companions, cause));
                    long took = System.nanoTime() - begin;
                    row(fault, asked, named.get(), took);
                    assertThat(Duration.ofNanos(took)).isLessThan(PROMISED);
                    if (page != null && asked == 1) {
                        page.await(cause, PROMISED);
                    }
                    return named.get();
                }
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("%s: it still shows %s", fault, shown)
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

    /// What the doctor said.
    ///
    /// @param code its exit code
    record Said(int code, Finding finding) {}

    /// Asks the doctor, as a process in the network of a node.
    private Said doctor(int number) {
        var run = legion(number, "doctor", "--json");
        return new Said(run.code(), Finding.of(run.out()));
    }

    /// The id of the node with this number, as the operator reads it.
    String idOf(int number) {
        return Objects.requireNonNull(doctor(1).finding().ids().get(Network.host(number)));
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
        askers.values().forEach(Asker::close);
        nodes.values().forEach(FaultyNode::kill);
        network.close();
    }
}
