package io.legion.benchmarks.cluster.run;

import io.legion.benchmarks.cluster.load.LoadedNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The process of one [LoadedNode]. What it writes to its standard error stream goes to that of this process.
final class NodeProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String name;
    private final Process process;
    private final PrintStream orders;
    private final BufferedReader answers;

    private NodeProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /// @param name for messages
    /// @param flags of the JVM
    static NodeProcess start(String name, List<String> flags, String main, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath(), main));
        command.addAll(arguments);
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            // However this process ends, the nodes end with it.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new NodeProcess(name, process);
        } catch (IOException failure) {
            throw new UncheckedIOException("no JVM can be started for " + name, failure);
        }
    }

    /// The class path of this process, as a module or not.
    private static String classPath() {
        return Stream.of("jdk.module.path", "java.class.path")
                .map(property -> System.getProperty(property, ""))
                .filter(path -> !path.isEmpty())
                .collect(Collectors.joining(System.getProperty("path.separator")));
    }

    void order(String order) {
        orders.println(order);
    }

    /// The node's next answer.
    ///
    /// @throws IllegalStateException if the process ends instead
    String answer() {
        try {
            var line = answers.readLine();
            while (line != null && !line.startsWith(LoadedNode.SIGN)) {
                line = answers.readLine();
            }
            if (line == null) {
                throw new IllegalStateException("The process of " + name + " ended by itself; see above why.");
            }
            return line.substring(LoadedNode.SIGN.length());
        } catch (IOException failure) {
            throw new UncheckedIOException("the process of " + name + " cannot be read", failure);
        }
    }

    /// Ends the orders, so that the node stops by itself.
    void askToStop() {
        orders.close();
    }

    /// Waits until the process is gone, and ends it if that takes long.
    @Override
    public void close() {
        try {
            askToStop();
            if (process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }
}
