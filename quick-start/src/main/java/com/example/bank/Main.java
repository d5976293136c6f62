package com.example.bank;

import io.legion.Legion;
import io.legion.admin.Admin;
import io.legion.cluster.jgroups.JGroupsCluster;
import io.legion.memory.SoloCluster;
import io.legion.service.ConsoleLogger;
import io.legion.service.Logger;
import io.legion.service.Managed;
import io.legion.service.Monitor;
import io.legion.spi.Cluster;
import io.legion.store.rocksdb.RocksDbStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// One node of the bank. Without an argument it is alone; with 1, 2 or 3 it is one of three on this machine.
public final class Main {
    private static final String[] NODES = {"127.0.0.1:7701", "127.0.0.1:7702", "127.0.0.1:7703"};

    private Main() {}

    public static void main(String[] args) throws Exception {
        if (args.length > 1 || (args.length == 1 && !args[0].matches("[1-3]"))) {
            System.err.println("bank: no argument for one node, or 1, 2 or 3 for one of three");
            System.exit(2);
        }
        int number = args.length == 0 ? 0 : Integer.parseInt(args[0]);
        var stopped = new CountDownLatch(1);
        stopOnSignal(stopped);
        // region: main
        var directory = RocksDbStore.Config.of(Path.of("data", "node-" + number));
        try (var logger = ConsoleLogger.open();
                var store = RocksDbStore.open(directory, logger, Monitor.none());
                var cluster = cluster(number, logger).open();
                var legion = Legion.named("bank")
                        .store(store)
                        .cluster(cluster.handle())
                        .logger(logger)
                        .mayFound(number <= 1)
                        .open(Account.TYPE);
                var admin = Admin.open(
                        Admin.Config.at(9761 + Math.max(0, number - 1)), legion, () -> "", logger, Monitor.none());
                var server = BankServer.open(
                        legion.partitions(Account.TYPE),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080 + number))) {
            System.out.println("The bank is at http://127.0.0.1:" + server.port() + "/accounts");
            System.out.println("Its cluster is shown at http://127.0.0.1:" + admin.port());
            stopped.await();
        }
        // end: main
    }

    private static Managed<? extends Cluster> cluster(int number, Logger logger) {
        return number == 0
                ? Managed.of(SoloCluster::open)
                : Managed.of(() -> JGroupsCluster.open(
                        JGroupsCluster.Config.of(NODES[number - 1], NODES), logger, Monitor.none()));
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
