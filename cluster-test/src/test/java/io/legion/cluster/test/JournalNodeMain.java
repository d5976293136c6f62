package io.legion.cluster.test;

import io.legion.Legion;
import io.legion.LegionSettings;
import io.legion.PlacementSettings;
import io.legion.StartupMode;
import io.legion.cluster.jgroups.Discovery;
import io.legion.cluster.jgroups.JGroupsCluster;
import io.legion.core.PartitionKey;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.Shards;
import io.legion.service.ByteSize;
import io.legion.service.ConsoleLogger;
import io.legion.service.Logger;
import io.legion.service.Managed;
import io.legion.service.MicrometerMonitor;
import io.legion.spi.Durability;
import io.legion.store.rocksdb.RocksDbStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;

/// A node that holds journals. It obeys orders, a line each, until they end. See [Orders].
///
/// Arguments: its directory, its number from 1 (the first may found the cluster), the number of this life, how many
/// copies there are of each shard, after how many milliseconds a silent node is replaced, and the addresses of all
/// nodes.
final class JournalNodeMain {
    static final int SHARDS = 12;

    /// The property with the name under which all nodes are found; without it they know the addresses.
    static final String NAME_OF_ALL = "journals.name";

    private JournalNodeMain() {}

    static int shardOf(PartitionKey key) {
        return Shards.of(new PartitionAddress(Journal.TYPE.id(), key), SHARDS);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var out = System.out;
        // What a library prints is not an answer.
        System.setOut(System.err);
        var registry = new SimpleMeterRegistry();
        try (var scope = legion(arguments, registry).open();
                var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            var orders = new Orders(scope.handle(), Long.parseLong(arguments[2]), registry, out);
            orders.ready();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                orders.obey(line.split(" "));
            }
        }
        // What a library left running would keep the process.
        System.exit(0);
    }

    private static Managed<Legion> legion(String[] arguments, SimpleMeterRegistry registry) {
        var logger =
                ConsoleLogger.open(new ConsoleLogger.Config(Logger.Priority.INFO), System.err, InstantSource.system());
        var addresses = List.copyOf(Arrays.asList(arguments).subList(5, arguments.length));
        int number = Integer.parseInt(arguments[1]);
        var store = RocksDbStore.Config.of(Path.of(arguments[0]));
        return Managed.of(() -> MicrometerMonitor.open(new MicrometerMonitor.Config(false), registry))
                .flatMap(monitor -> Managed.of(() -> RocksDbStore.open(store, logger, monitor))
                        .flatMap(kept -> Managed.of(
                                        () -> JGroupsCluster.open(cluster(addresses, number), logger, monitor))
                                .flatMap(peers -> Managed.of(() -> Legion.with(settings(arguments, number))
                                        .store(kept)
                                        .cluster(peers)
                                        .logger(logger)
                                        .monitor(monitor)
                                        .open(Journal.TYPE)))));
    }

    private static JGroupsCluster.Config cluster(List<String> addresses, int number) {
        var name = System.getProperty(NAME_OF_ALL);
        var certificate = System.getProperty(Certificate.PROPERTY);
        return new JGroupsCluster.Config(
                addresses.get(number - 1),
                null,
                name == null ? new Discovery.Static(addresses) : new Discovery.Dns(name, Network.LISTENING),
                certificate == null ? null : Certificate.in(Path.of(certificate)),
                true,
                Duration.ofMillis(2500),
                new ByteSize(4 << 20),
                new ByteSize(80 << 20));
    }

    private static LegionSettings settings(String[] arguments, int number) {
        var placement = PlacementSettings.defaults()
                .withReplicas(Integer.parseInt(arguments[3]))
                .withReplaceAfter(Duration.ofMillis(Long.parseLong(arguments[4])));
        return Legion.named("journals")
                .shards(SHARDS)
                .durability(Durability.HANDED_OVER)
                .startup(new StartupMode.Automatic(number == 1))
                .placement(placement)
                .cache(new ByteSize(8 << 20))
                .settings();
    }
}
