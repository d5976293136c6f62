package io.legion.cluster.test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A [JournalNodeMain] in a process of its own. Used by one thread.
final class NodeProcess implements AutoCloseable {
    /// A small heap, and compiled quickly rather than well.
    private static final List<String> FLAGS = List.of(
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ENDED = "ended";

    private final String name;
    private final Process process;
    private final PrintStream orders;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Thread reader;

    private NodeProcess(String name, Process process, History history) {
        this.name = name;
        this.process = process;
        this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.reader = Thread.ofPlatform().daemon().name("reads " + name).start(() -> read(history));
    }

    /// @param network how the command begins that puts the process into its network
    /// @param log where its standard error stream goes
    /// @param flags more flags for the JVM
    static NodeProcess start(
            String name, List<String> network, Path log, History history, List<String> flags, List<String> arguments) {
        var command = new ArrayList<>(network);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), JournalNodeMain.class.getName()));
        command.addAll(arguments);
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            // However this process ends, the nodes end with it.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new NodeProcess(name, process, history);
        } catch (IOException failure) {
            throw new UncheckedIOException("no JVM can be started for " + name, failure);
        }
    }

    private void read(History history) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.endsWith(Orders.END)) {
                    take(line.substring(0, line.length() - Orders.END.length()), history);
                }
            }
        } catch (IOException over) {
            // It was killed: the same as the end of what it says.
            answers.add(ENDED);
        }
        answers.add(ENDED);
    }

    private void take(String line, History history) {
        if (line.startsWith(Orders.ANSWER)) {
            answers.add(line.substring(Orders.ANSWER.length()));
        } else {
            history.take(line);
        }
    }

    void order(String order) {
        orders.println(order);
    }

    String ask(String order) {
        order(order);
        return answer();
    }

    /// The next answer.
    ///
    /// @throws IllegalStateException if the process ends instead, or says nothing
    String answer() {
        try {
            var answer = answers.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (answer == null || answer.equals(ENDED) || answer.startsWith("failed: ")) {
                throw new IllegalStateException(name + ": " + (answer == null ? "no answer" : answer));
            }
            return answer;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /// Every thread of it stands still, while the system goes on to take what is sent to it.
    void pause() {
        signal("-STOP");
    }

    void resume() {
        signal("-CONT");
    }

    private void signal(String which) {
        Network.run(List.of("kill", which, String.valueOf(process.pid())));
    }

    /// Ends it at once, and waits until all that it has said is read.
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
            reader.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Lets it stop by itself, and kills it if that takes long.
    @Override
    public void close() {
        orders.close();
        try {
            process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        kill();
    }
}
