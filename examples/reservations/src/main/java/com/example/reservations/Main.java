package com.example.reservations;

import io.legion.Legion;
import io.legion.cluster.jgroups.JGroupsCluster;
import io.legion.service.Configuration;
import io.legion.service.ConfigurationException;
import io.legion.service.ConsoleLogger;
import io.legion.service.Monitor;
import io.legion.store.rocksdb.RocksDbStore;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// One node of the box office: reads its configuration, opens its services, and closes them on SIGTERM or SIGINT.
public final class Main {
    private Main() {}

    public static void main(String[] args) throws Exception {
        if (args.length != 1) {
            System.err.println("reservations: one argument, the configuration of the node, such as nodes/1.yaml");
            System.exit(2);
        }
        serve(configuration(Path.of(args[0])));
    }

    private static NodeConfig configuration(Path file) {
        try {
            return Configuration.read(file, NodeConfig.class);
        } catch (ConfigurationException wrong) {
            System.err.println("reservations: " + wrong.getMessage());
            System.exit(2);
            throw wrong;
        }
    }

    private static void serve(NodeConfig config) throws Exception {
        var stopped = new CountDownLatch(1);
        stopOnSignal(stopped);
        try (var logger = ConsoleLogger.open();
                var store = RocksDbStore.open(config.store(), logger, Monitor.none());
                var cluster = JGroupsCluster.open(config.cluster(), logger, Monitor.none());
                var legion = Legion.with(config.legion())
                        .store(store)
                        .cluster(cluster)
                        .logger(logger)
                        .open(Venue.TYPE);
                var server = VenueServer.open(config.http(), legion)) {
            System.out.println("The box office is at http://" + config.http().host() + ":" + server.port() + "/venues");
            stopped.await();
        }
    }

    /// Lets `main` close everything before the process ends.
    private static void stopOnSignal(CountDownLatch stopped) {
        var main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stopped.countDown();
            try {
                main.join();
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        }));
    }
}
