package io.legion.cluster.test.faults;

import io.legion.Legion;
import io.legion.LegionSettings;
import io.legion.PlacementSettings;
import io.legion.StartupMode;
import io.legion.admin.Admin;
import io.legion.cluster.jgroups.Discovery;
import io.legion.cluster.jgroups.JGroupsCluster;
import io.legion.cluster.test.Certificate;
import io.legion.cluster.test.Network;
import io.legion.runtime.start.Assembly;
import io.legion.service.ByteSize;
import io.legion.service.ConsoleLogger;
import io.legion.service.Logger;
import io.legion.service.Managed;
import io.legion.service.Monitor;
import io.legion.spi.Durability;
import io.legion.store.rocksdb.RocksDbStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.IntStream;

/// A node with an admin service on its loopback address. It obeys orders, a line each, until they end: see
/// [FaultyOrders].
///
/// Arguments: the directory of its store, the directory of its certificate, its number from 1 (the first may found
/// the cluster), and how many nodes there are at most.
final class FaultyNodeMain {
    static final int ADMIN = 9761;

    /// The property with what [Tally.AddNumberOfNode] adds here.
    static final String ODD = "faults.odd";

    /// The property with how many milliseconds the wall clock is ahead.
    static final String AHEAD = "faults.ahead";

    /// The property that is true for a node whose damaged store is replaced.
    static final String REPLACED = "faults.replaced";

    /// Longer than a fault lasts that is not about replacing.
    private static final Duration REPLACE_AFTER = Duration.ofSeconds(15);

    private static final int SHARDS = 12;
    private static final int SMALL_MAILBOX = 64;

    private FaultyNodeMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var out = System.out;
        // What a library prints is not an answer.
        System.setOut(System.err);
        var logger =
                ConsoleLogger.open(new ConsoleLogger.Config(Logger.Priority.INFO), System.err, InstantSource.system());
        try (var legion = legion(arguments, logger).open();
                var _ = Admin.open(Admin.Config.at(ADMIN), legion.handle(), () -> "", logger, Monitor.none());
                var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            var orders = new FaultyOrders(legion.handle(), out);
            orders.ready();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                orders.obey(line.split(" "));
            }
            orders.calm();
        }
        // What a library left running would keep the process.
        System.exit(0);
    }

    private static Managed<Legion> legion(String[] arguments, Logger logger) {
        int number = Integer.parseInt(arguments[2]);
        var wall = InstantSource.offset(InstantSource.system(), Duration.ofMillis(Long.getLong(AHEAD, 0)));
        var store = RocksDbStore.Config.of(Path.of(arguments[0])).withReplaceDamaged(Boolean.getBoolean(REPLACED));
        var cluster = cluster(Path.of(arguments[1]), number, Integer.parseInt(arguments[3]));
        return Managed.of(() -> RocksDbStore.open(store, logger, Monitor.none()))
                .flatMap(kept -> Managed.of(() -> JGroupsCluster.open(cluster, logger, Monitor.none()))
                        .flatMap(peers -> Managed.of(() -> Assembly.open(
                                settings(number), kept, peers, logger, null, null, null, wall, Tally.TYPE))));
    }

    private static JGroupsCluster.Config cluster(Path certificate, int number, int most) {
        var addresses =
                IntStream.rangeClosed(1, most).mapToObj(Network::address).toList();
        return new JGroupsCluster.Config(
                Network.address(number),
                null,
                new Discovery.Static(addresses),
                Certificate.in(certificate),
                false,
                Duration.ofMillis(2500),
                new ByteSize(4 << 20),
                new ByteSize(80 << 20));
    }

    private static LegionSettings settings(int number) {
        var placement = PlacementSettings.defaults().withReplaceAfter(REPLACE_AFTER);
        return Legion.named("faults")
                .shards(SHARDS)
                .durability(Durability.HANDED_OVER)
                .startup(new StartupMode.Automatic(number == 1))
                .placement(placement)
                .mailbox(SMALL_MAILBOX)
                .cache(new ByteSize(1 << 20))
                .settings();
    }
}
