package io.legion.discovery;

import io.legion.StartupException;
import io.legion.backup.Backup;
import io.legion.backup.BackupException;
import io.legion.command.line.Commands;
import io.legion.core.CodecException;
import io.legion.discovery.process.ExitCode;
import io.legion.discovery.registry.Registrations;
import io.legion.founding.FoundingDataException;
import io.legion.service.Configuration;
import io.legion.service.ConfigurationException;
import io.legion.service.ConsoleLogger;
import io.legion.service.ManagedException;
import io.legion.service.Monitor;
import io.legion.spi.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Founds a new cluster of the registry from a backup, in the store of its first node, which is started afterwards; or
/// prints one partition of a backup.
@Command(
        name = "legion restore",
        description = "Founds a new cluster from a backup, or prints one partition of it.",
        mixinStandardHelpOptions = true)
public final class RestoreMain implements Callable<Integer> {
    @Option(names = "--from", paramLabel = "DIR", required = true, description = "The directory of the backups.")
    private Path directory = Path.of("");

    @Option(names = "--number", paramLabel = "N", description = "Which backup of the directory. Default: the latest.")
    private @Nullable Integer number;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data/demo",
            description = "Where ./legion demo --data DIR finds the new cluster. Default: ${DEFAULT-VALUE}.")
    private Path data = Path.of("data", "demo");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration of the node that founds the new cluster, in place of the demo's first.")
    private @Nullable Path config;

    @Option(names = "--only", paramLabel = "TYPE/KEY", description = "Print the state of this partition, as JSON.")
    private @Nullable String only;

    private RestoreMain() {}

    /// Restores.
    public static void main(String[] arguments) {
        System.exit(Commands.run(new RestoreMain(), arguments));
    }

    @Override
    public Integer call() {
        try {
            var backup = number == null ? Backup.at(directory) : Backup.at(directory, number);
            return only == null
                    ? restore(backup.readableBy(Registrations.TYPE))
                    : print(BackedPartition.of(only), backup);
        } catch (ConfigurationException wrong) {
            return fail(ExitCode.USAGE, wrong);
        } catch (BackupException
                | CodecException
                | ManagedException
                | StoreException
                | FoundingDataException
                | StartupException failure) {
            return fail(ExitCode.FAILURE, failure);
        } catch (IOException failure) {
            System.err.println(
                    "legion restore: files of the new cluster could not be written: " + failure
                            + ". The restore is not finished: see that there is room and they may be written, and call it again.");
            return ExitCode.FAILURE;
        }
    }

    private static int print(BackedPartition partition, Backup backup) {
        var state = partition.json(backup);
        if (state.isEmpty()) {
            System.err.println("legion restore: in backup " + backup.summary().number()
                    + " this partition has no state of its own: it was in its initial state.");
            return ExitCode.FAILURE;
        }
        System.out.println(state.get());
        return ExitCode.STOPPED;
    }

    private int restore(Backup backup) throws IOException {
        // Before anything is written: it may be missing, or of another program.
        var summary = backup.summary();
        summary.mayLack().forEach(lacks -> System.err.println("legion restore: " + lacks));
        var plan = new DemoPlan(1, DemoPlan.Store.ROCKSDB, Optional.empty(), data, DemoPlan.USUAL_BASE_PORT, null);
        if (config == null) {
            Files.createDirectories(data);
            Files.writeString(plan.configuration(1), plan.configurationText(1));
        }
        var file = config == null ? plan.configuration(1) : config;
        var choice = Configuration.read(file, NodeConfig.class);
        if (!(choice.store() instanceof StoreChoice.RocksDb store)) {
            throw new ConfigurationException("\"store\" in " + file
                    + " is not RocksDB, and this command restores into no"
                    + " other one. Nothing was changed. Put the group \"founding\" with this backup into " + file
                    + ", and start the node: it founds the cluster from the backup.");
        }
        try (var logger = ConsoleLogger.open();
                var open = store.open(logger, Monitor.none()).open()) {
            var founded = new RestoredStore(store.directory(), open.handle(), logger).found(choice.legion(), backup);
            System.out.println(
                    "The store " + store.directory() + " holds a new cluster '" + founded.clusterName() + "' ("
                            + founded.cluster() + ") with " + summary.states() + " partitions of backup "
                            + summary.number() + ".");
        }
        System.out.println(
                config == null
                        ? "Start it: ./legion demo --data " + data
                        : "Start it: ./legion node --config " + file
                                + "; then the other nodes, with empty stores, which join it.");
        return ExitCode.STOPPED;
    }

    private static int fail(int code, Exception failure) {
        System.err.println("legion restore: " + failure.getMessage());
        return code;
    }
}
