package io.legion.discovery;

import io.legion.Legion;
import io.legion.StartupException;
import io.legion.command.line.Commands;
import io.legion.discovery.process.Exhaustion;
import io.legion.discovery.process.ExitCode;
import io.legion.discovery.process.ProcessFileHandles;
import io.legion.discovery.process.Shutdown;
import io.legion.discovery.registry.Registrations;
import io.legion.founding.FoundingData;
import io.legion.service.Configuration;
import io.legion.service.ConfigurationException;
import io.legion.service.LogThreshold;
import io.legion.service.Logger;
import io.legion.service.ManagedException;
import io.legion.service.MeteredLogger;
import io.legion.service.MicrometerMonitor;
import io.legion.service.Monitor;
import io.legion.spi.ClusterException;
import io.legion.spi.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// One node of the registry: reads its configuration, opens its services in an order that is its architecture,
/// serves, and closes them in the reverse order on SIGTERM or SIGINT.
///
/// It exits with 0 when it stopped as asked, with 1 when it could not start or failed, with 2 when its command
/// line or its configuration is wrong, and with 3 when it ran out of memory or of threads.
@Command(name = "legion node", description = "Runs one node of the service registry.", mixinStandardHelpOptions = true)
public final class NodeMain implements Callable<Integer> {
    /// The beginning of the line that says that the node serves.
    static final String READY = "The registry is ready ";

    /// How often the node looks at its cluster.
    private static final Duration LOOK = Duration.ofMillis(250);

    @Option(names = "--config", paramLabel = "FILE", description = "The node's configuration. Required.")
    private @Nullable Path file;

    @Option(
            names = "--stop-with-parent",
            description = "Stops when the standard input ends, so that the node never outlives who started it.")
    private boolean stopWithParent;

    @Option(
            names = "--admin-host",
            paramLabel = "HOST",
            description = "Where the admin service listens, in place of admin.host.")
    private @Nullable String adminHost;

    @Option(
            names = "--admin-port",
            paramLabel = "PORT",
            description = "The port of the admin service, in place of admin.port. Without either there is none.")
    private @Nullable Integer adminPort;

    private final Shutdown shutdown;
    private final Exhaustion exhaustion;

    private NodeMain(Shutdown shutdown, Exhaustion exhaustion) {
        this.shutdown = shutdown;
        this.exhaustion = exhaustion;
    }

    /// Runs a node until it is stopped.
    public static void main(String[] arguments) {
        var exhaustion = Exhaustion.endsTheProcess(System.err);
        var shutdown = Shutdown.onSignals(System.err);
        try {
            int code = Commands.run(new NodeMain(shutdown, exhaustion), arguments);
            shutdown.finished(code);
            System.exit(code);
        } catch (VirtualMachineError error) {
            exhaustion.end(error);
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        if (file == null) {
            System.err.println("legion node: --config FILE is missing; docs/node.yaml is an example of such a file.");
            return ExitCode.USAGE;
        }
        try {
            var config = configuration(file);
            if (stopWithParent) {
                shutdown.whenEnds(System.in);
            }
            serve(config);
            return ExitCode.STOPPED;
        } catch (ConfigurationException wrong) {
            return fail(ExitCode.USAGE, wrong);
        } catch (ManagedException
                | StoreException
                | ClusterException
                | StartupException
                | IOException
                | UncheckedIOException failure) {
            return fail(ExitCode.FAILURE, failure);
        }
    }

    private NodeConfig configuration(Path from) {
        try {
            return Configuration.read(from, NodeConfig.class).withAdmin(adminHost, adminPort);
        } catch (IllegalArgumentException wrong) {
            throw new ConfigurationException(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private void serve(NodeConfig config) throws IOException, InterruptedException {
        try (var log = config.log().open(System.err).open();
                var meters = PrometheusMeters.open();
                var monitor = MicrometerMonitor.open(new MicrometerMonitor.Config(true), meters.registry())) {
            var open = log.handle();
            serve(config, MeteredLogger.of(open.logger(), monitor), open.threshold(), monitor, meters);
        }
    }

    private void serve(
            NodeConfig config, Logger logger, LogThreshold threshold, Monitor monitor, PrometheusMeters meters)
            throws IOException, InterruptedException {
        try (var store = config.store().open(logger, monitor).open();
                var cluster = config.cluster().open(logger, monitor).open();
                var legion = Legion.with(config.legion())
                        .store(store.handle())
                        .cluster(cluster.handle())
                        .logger(logger)
                        .monitor(monitor)
                        .founding(founding(config, logger, monitor))
                        .open(Registrations.TYPE);
                var serving = new Registry(
                                config,
                                legion,
                                System::currentTimeMillis,
                                logger,
                                threshold,
                                monitor,
                                meters::text,
                                new ProcessFileHandles())
                        .serving()
                        .open()) {
            serving.handle().dashboard().ifPresent(at -> System.out.println("The dashboard is at " + at));
            System.out.println(READY + "at " + serving.handle().http().uri());
            var formation = new Formation(config.legion(), legion, cluster.handle(), System.out);
            do {
                formation.look();
                exhaustion.look();
            } while (!shutdown.await(LOOK));
            logger.info("stopping");
        }
    }

    private static @Nullable FoundingData founding(NodeConfig config, Logger logger, Monitor monitor) {
        var choice = config.founding();
        return choice == null ? null : choice.data(Registrations.TYPE, logger, monitor);
    }

    private static int fail(int code, Exception failure) {
        System.err.println("legion node: " + failure.getMessage());
        return code;
    }
}
