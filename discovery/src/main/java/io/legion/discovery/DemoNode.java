package io.legion.discovery;

import io.legion.discovery.process.ExitCode;
import io.legion.discovery.process.Shutdown;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A node as a process of its own. What it says goes into its log; what it prints as an error is printed here
/// with its number before each line.
///
/// The node's standard input is a pipe from this process, and the node stops when the pipe ends: so it is gone
/// soon after this process, even if this process is killed.
final class DemoNode {
    /// Longer than a start takes on a slow machine with much to recover.
    private static final Duration START = Duration.ofMinutes(2);

    private static final Duration STOP = Duration.ofSeconds(45);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final int LAST_LINES = 12;

    /// The exit code of a process that a signal ended, less the signal's number.
    private static final int SIGNALLED = 128;

    private final int number;
    private final DemoPlan plan;
    private final Process process;
    private final String formedLine;
    private volatile boolean ready;
    private volatile boolean formed;
    private volatile boolean asked;

    private DemoNode(int number, DemoPlan plan, Process process) {
        this.number = number;
        this.plan = plan;
        this.process = process;
        this.formedLine = Formation.complete(plan.nodes(), DemoPlan.REPLICAS);
    }

    /// Writes the node's configuration, and starts it.
    static DemoNode start(int number, DemoPlan plan, PrintStream err) throws IOException {
        var file = plan.configuration(number);
        Files.createDirectories(plan.data());
        writeForOwner(file, plan.configurationText(number));
        var own = ManagementFactory.getRuntimeMXBean().getInputArguments();
        var process = new ProcessBuilder(NodeJvm.command(own, file)).start();
        var node = new DemoNode(number, plan, process);
        node.read(process.inputReader(StandardCharsets.UTF_8), node::hear);
        node.read(process.errorReader(StandardCharsets.UTF_8), line -> err.println("node " + number + " | " + line));
        return node;
    }

    /// A configuration may hold the password of a database.
    private static void writeForOwner(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }

    private void read(BufferedReader lines, Consumer<String> heard) {
        Thread.ofVirtual().start(() -> {
            try (lines) {
                lines.lines().forEach(heard);
            } catch (IOException | UncheckedIOException gone) {
                // The process ended in the middle of a line.
            }
        });
    }

    private void hear(String line) {
        if (line.startsWith(NodeMain.READY)) {
            ready = true;
        } else {
            formed = line.equals(formedLine);
        }
    }

    int number() {
        return number;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// True while its last line says that all nodes can be reached and everything on it has all its copies.
    boolean isFormed() {
        return formed;
    }

    /// Waits until the node serves, or the demonstration should end.
    ///
    /// @throws IOException if the node does not get there
    void awaitReady(Shutdown shutdown) throws IOException, InterruptedException {
        long until = System.nanoTime() + START.toNanos();
        while (!ready) {
            requireAlive();
            if (System.nanoTime() > until) {
                throw new IOException(
                        "node " + number + " was not ready after " + START.toSeconds() + " s." + lastLines());
            }
            if (shutdown.await(LOOK)) {
                return;
            }
        }
    }

    /// @throws IOException with the end of its log, if the node is gone
    void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new IOException("node " + number + " did not start: " + end() + "." + lastLines());
        }
    }

    private String lastLines() {
        var log = plan.log(number);
        try (var lines = Files.lines(log)) {
            var all = lines.toList();
            return " The end of " + log + ":\n"
                    + String.join("\n", all.subList(Math.max(0, all.size() - LAST_LINES), all.size()));
        } catch (IOException | UncheckedIOException none) {
            return " It has no log.";
        }
    }

    /// How it ended.
    String end() {
        int code = process.exitValue();
        if (code == ExitCode.STOPPED) {
            return "it was asked to stop";
        }
        if (code == ExitCode.EXHAUSTED) {
            return "it ran out of memory or of threads, see " + plan.log(number);
        }
        return code > SIGNALLED
                ? "it was ended by signal " + (code - SIGNALLED)
                : "it failed with the code " + code + ", see " + plan.log(number);
    }

    /// Calls back when the process is gone.
    void whenGone(Runnable callback) {
        Thread.ofVirtual().start(() -> {
            process.onExit().join();
            callback.run();
        });
    }

    /// True if it has failed without having been asked to stop.
    boolean failed() {
        return !asked && !process.isAlive() && process.exitValue() != 0;
    }

    /// Asks the node to stop.
    void askToStop() {
        asked = true;
        try {
            process.getOutputStream().close();
        } catch (IOException gone) {
            // It has stopped already.
        }
    }

    /// Waits until the node has stopped, and ends it if that takes too long.
    void awaitStopped() {
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
