package io.legion.discovery;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A node as a process of its own, whose output is printed with its number before each line.
///
/// The node's standard input is a pipe from this process, and the node stops when it ends: so it is gone soon after
/// this process, even if this one is killed.
final class NodeProcess {
    /// Longer than a start takes on a slow machine with much to recover.
    private static final Duration START = Duration.ofMinutes(2);

    private static final Duration STOP = Duration.ofSeconds(45);

    private final int number;
    private final Process process;
    private final CountDownLatch ready = new CountDownLatch(1);
    private volatile boolean asked;

    private NodeProcess(int number, Process process) {
        this.number = number;
        this.process = process;
    }

    /// Writes the configuration to the directory, and starts the node.
    static NodeProcess start(int number, Path directory, String configuration, PrintStream out, PrintStream err)
            throws IOException {
        Files.createDirectories(directory);
        var file = Files.writeString(directory.resolve("node.yaml"), configuration);
        var process = new ProcessBuilder(command(file)).start();
        var node = new NodeProcess(number, process);
        node.print(process.inputReader(StandardCharsets.UTF_8), out);
        node.print(process.errorReader(StandardCharsets.UTF_8), err);
        return node;
    }

    private static List<String> command(Path file) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classPath = Stream.of("java.class.path", "jdk.module.path")
                .map(name -> System.getProperty(name, ""))
                .filter(path -> !path.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
        return List.of(
                java,
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath,
                NodeMain.class.getName(),
                "--config",
                file.toString(),
                "--stop-with-parent");
    }

    private void print(BufferedReader lines, PrintStream to) {
        Thread.ofVirtual().start(() -> {
            try (lines) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    to.println("node " + number + " | " + line);
                    if (line.startsWith(NodeMain.READY)) {
                        ready.countDown();
                    }
                }
            } catch (IOException gone) {
                // The process ended in the middle of a line.
            }
        });
    }

    int number() {
        return number;
    }

    /// Waits until the node serves.
    ///
    /// @throws IOException if it does not come to that
    void awaitReady() throws IOException, InterruptedException {
        long until = System.nanoTime() + START.toNanos();
        while (!ready.await(100, TimeUnit.MILLISECONDS)) {
            if (!process.isAlive()) {
                throw new IOException("node " + number + " did not start; its last lines above say why.");
            }
            if (System.nanoTime() > until) {
                throw new IOException("node " + number + " was not ready after " + START.toSeconds() + " s.");
            }
        }
    }

    /// Calls back when the process is gone.
    void whenGone(Runnable callback) {
        Thread.ofVirtual().start(() -> {
            process.onExit().join();
            callback.run();
        });
    }

    /// True if it is gone without having been asked.
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

    /// Waits until it has, and ends it if that takes too long.
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
