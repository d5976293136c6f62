package io.legion.cluster.test.kill;

import io.legion.Legion;
import io.legion.Partitions;
import io.legion.RequestException;
import io.legion.Search;
import io.legion.core.Consistency;
import io.legion.core.RequestId;
import io.legion.service.ConsoleLogger;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import io.legion.spi.Durability;
import io.legion.store.rocksdb.RocksDbStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A node of its own with ledgers on its disk, until it is killed. It obeys orders, a line each; every answer
/// is a line that begins with `= `.
///
/// | order | answer |
/// | --- | --- |
/// | `enter KEY ENTRY` | when that entry is there, FINAL, under its id; it may have been there |
/// | `ledgers ROUND` | the entries of each ledger of the round |
/// | `index` | each key of the index with its size |
/// | `run ROUND` | none: it tells of each request in lines `sent` and `ok` with key and entry |
///
/// Arguments: the directory of its store, and its durability.
final class KilledNodeMain {
    static final String ANSWER = "= ";
    static final int LEDGERS = 24;

    /// How every line ends: a process that is killed may leave half of one.
    static final String END = " .";

    private static final int CALLERS = 8;
    private static final long ROUND = 1_000_000_000L;
    private static final long CALLER = 10_000_000L;

    private final Partitions<KilledLedger> ledgers;
    private final PrintStream out;

    private KilledNodeMain(Legion legion, PrintStream out) {
        this.ledgers = legion.partitions(KilledLedger.TYPE);
        this.out = out;
    }

    public static void main(String[] arguments) throws IOException {
        var out = System.out;
        // What a library prints is not an answer.
        System.setOut(System.err);
        var logger =
                ConsoleLogger.open(new ConsoleLogger.Config(Logger.Priority.INFO), System.err, InstantSource.system());
        try (var store = RocksDbStore.open(RocksDbStore.Config.of(Path.of(arguments[0])), logger, Monitor.none());
                var legion = Legion.named("ledgers")
                        .shards(6)
                        .durability(Durability.valueOf(arguments[1]))
                        .store(store)
                        .logger(logger)
                        .open(KilledLedger.TYPE);
                var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            var node = new KilledNodeMain(legion, out);
            node.tell(ANSWER + "ready");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                node.obey(line.split(" "));
            }
        }
    }

    /// Whole lines, and on their way before the process dies.
    private synchronized void tell(String line) {
        out.println(line + END);
        out.flush();
    }

    static String key(int round, int number) {
        return "ledger-" + round + "-" + number;
    }

    private void obey(String[] order) {
        switch (order[0]) {
            case "enter" -> {
                enter(order[1], Long.parseLong(order[2]), Consistency.FINAL);
                tell(ANSWER + "entered");
            }
            case "ledgers" -> tell(ANSWER + ledgers(Integer.parseInt(order[1])));
            case "index" -> tell(ANSWER + index());
            case "run" -> run(Integer.parseInt(order[1]));
            default -> throw new IllegalArgumentException("no such order: " + order[0]);
        }
    }

    private void enter(String key, long entry, Consistency consistency) {
        try {
            ledgers.of(key).request(new KilledLedger.Enter(entry), consistency, RequestId.of("entry-" + entry));
        } catch (RequestException.AlreadyApplied there) {
            // Nothing else was asked.
        }
    }

    private String ledgers(int round) {
        return IntStream.range(0, LEDGERS)
                .mapToObj(number -> ledgers.of(key(round, number)).read(Consistency.FINAL).entries().stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining(";"));
    }

    private String index() {
        try (var records = ledgers.searchAll(Search.named(KilledLedger.SIZE))) {
            return records.map(
                            record -> record.key().text() + "=" + record.tag().number())
                    .collect(Collectors.joining(","));
        }
    }

    private void run(int round) {
        for (int caller = 0; caller < CALLERS; caller++) {
            int own = caller;
            Thread.ofPlatform().daemon().start(() -> call(round, own));
        }
    }

    private void call(int round, int caller) {
        var random = new SplittableRandom(round * 31L + caller);
        var consistencies = Consistency.values();
        for (long entry = round * ROUND + caller * CALLER; true; entry++) {
            var key = key(round, random.nextInt(LEDGERS));
            tell("sent " + key + " " + entry);
            enter(key, entry, consistencies[random.nextInt(consistencies.length)]);
            tell("ok " + key + " " + entry);
        }
    }
}
