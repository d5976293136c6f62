package io.legion.cluster.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Nodes, numbered from 1, in a [Network] that can be cut. Used by one thread.
final class Lab implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration BETWEEN = Duration.ofMillis(200);

    private final Path directory;
    private final Network network;
    private final int most;
    private final int replicas;
    private final Duration replaceAfter;
    private final List<String> flags;
    private final History history = new History();
    private final Map<Integer, NodeProcess> nodes = new TreeMap<>();
    private int lives;

    private Lab(Path directory, int most, int replicas, Duration replaceAfter, List<String> flags) {
        this.directory = directory;
        this.most = most;
        this.replicas = replicas;
        this.replaceAfter = replaceAfter;
        this.flags = List.copyOf(flags);
        this.network = Network.of(most);
    }

    /// A place for nodes, of which none runs yet.
    ///
    /// @param most how many nodes there will be
    /// @param replicas how many of them have a copy of each shard
    /// @param replaceAfter when a silent node is replaced
    static Lab of(Path directory, int most, int replicas, Duration replaceAfter) {
        return of(directory, most, replicas, replaceAfter, List.of());
    }

    /// As [#of(Path, int, int, Duration)].
    ///
    /// @param flags for the JVM of every node
    static Lab of(Path directory, int most, int replicas, Duration replaceAfter, List<String> flags) {
        return new Lab(directory, most, replicas, replaceAfter, flags);
    }

    Network network() {
        return network;
    }

    History history() {
        return history;
    }

    NodeProcess node(int number) {
        return Objects.requireNonNull(nodes.get(number));
    }

    /// Starts a process for the node, which does not wait until the node is ready.
    void launch(int number) {
        lives++;
        var arguments = new ArrayList<>(List.of(
                directory.resolve("store" + number).toString(),
                String.valueOf(number),
                String.valueOf(lives),
                String.valueOf(replicas),
                String.valueOf(replaceAfter.toMillis())));
        IntStream.rangeClosed(1, most).mapToObj(Network::address).forEach(arguments::add);
        nodes.put(
                number,
                NodeProcess.start("node " + number, network.inside(number), log(number), history, flags, arguments));
    }

    /// Starts these nodes and waits until they are ready.
    void start(int... numbers) {
        IntStream.of(numbers).forEach(this::launch);
        IntStream.of(numbers).forEach(number -> node(number).answer());
    }

    /// Whether a node can reach another one, by what it logged last.
    boolean reaches(int number, int other) {
        return logged(number, other, "can be reached") > misses(number, other);
    }

    /// How often a node has logged that it does not reach another one any more.
    long misses(int number, int other) {
        return logged(number, other, "cannot be reached");
    }

    private long logged(int number, int other, String what) {
        return logged(number, " at " + Network.address(other) + " " + what);
    }

    /// How often a node has logged something.
    long logged(int number, String what) {
        try (var lines = Files.lines(log(number))) {
            return lines.filter(line -> line.contains(what)).count();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path log(int number) {
        return directory.resolve("node" + number + ".log");
    }

    void kill(int number) {
        node(number).kill();
        nodes.remove(number);
    }

    /// Lets a node stop by itself.
    void stop(int number) {
        node(number).close();
        nodes.remove(number);
    }

    /// Asks all nodes at once.
    ///
    /// @return the answers by the number of the node
    Map<Integer, String> askAll(String order) {
        return askAll(order, Set.of());
    }

    private Map<Integer, String> askAll(String order, Set<Integer> without) {
        var asked = new TreeMap<>(nodes);
        asked.keySet().removeAll(without);
        asked.values().forEach(node -> node.order(order));
        var answers = new TreeMap<Integer, String>();
        asked.forEach((number, node) -> answers.put(number, node.answer()));
        return answers;
    }

    Map<Integer, List<Standing>> standings() {
        var standings = new TreeMap<Integer, List<Standing>>();
        askAll("status").forEach((number, answer) -> standings.put(number, Standing.parse(answer)));
        return standings;
    }

    /// Waits until every shard has as many copies as is wished, all alike and with nothing on its way.
    void awaitRest() {
        await(() -> unrest(standings()), "the nodes have not come to rest");
    }

    private String unrest(Map<Integer, List<Standing>> standings) {
        var wrong = new ArrayList<String>();
        int wished = Math.min(replicas, nodes.size());
        for (int i = 0; i < JournalNodeMain.SHARDS; i++) {
            int shard = i;
            var copies = standings.values().stream()
                    .flatMap(List::stream)
                    .filter(standing -> standing.shard() == shard)
                    .toList();
            boolean rests = copies.size() == wished
                    && copies.stream()
                            .allMatch(copy -> copy.isAtRest()
                                    && copy.participants().size() == wished
                                    && copy.isLike(copies.getFirst()));
            if (!rests) {
                wrong.add(copies.stream().map(Standing::line).collect(Collectors.joining(" | ")));
            }
        }
        return String.join("\n", wrong);
    }

    /// Waits until there is nothing wrong any more.
    static void await(Supplier<String> wrong, String what) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (String last = wrong.get(); !last.isEmpty(); last = wrong.get()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(what + " after " + PATIENCE.toSeconds() + " s:\n" + last);
            }
            LockSupport.parkNanos(BETWEEN.toNanos());
        }
    }

    /// Lets time pass.
    static void pass(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /// Begins the load at this node.
    void run(int number, Duration pause, int filler, long seed) {
        node(number).ask("run " + pause.toMillis() + " " + filler + " " + (seed + 1_000L * lives + number));
    }

    /// What does not hold of what the clients have seen; the nodes must be at rest.
    List<String> breaches() {
        Set<String> lost = new HashSet<>();
        askAll("lost").values().forEach(answer -> lost.addAll(HistoryChecks.ids(answer)));
        var told = askAll("states").values().stream().distinct().toList();
        if (told.size() != 1) {
            return List.of("the nodes tell different states: " + told);
        }
        return HistoryChecks.breaches(history, HistoryChecks.parse(told.getFirst()), lost);
    }

    /// How many events wait to be folded, by node.
    Map<Integer, Integer> outstanding(Set<Integer> without) {
        var outstanding = new TreeMap<Integer, Integer>();
        askAll("status", without)
                .forEach((number, answer) -> outstanding.put(
                        number,
                        Standing.parse(answer).stream()
                                .mapToInt(Standing::outstanding)
                                .sum()));
        return outstanding;
    }

    /// The mebibytes of heap in use, by node.
    Map<Integer, Long> heaps(Set<Integer> without) {
        var heaps = new TreeMap<Integer, Long>();
        askAll("heap", without).forEach((number, bytes) -> heaps.put(number, Long.parseLong(bytes) >> 20));
        return heaps;
    }

    @Override
    public void close() {
        nodes.values().forEach(NodeProcess::kill);
        network.close();
    }
}
