package io.legion.cluster.test.kill;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A [KilledNodeMain] in a process of its own, and what it said. Used by one thread.
final class KilledNode {
    static final long PATIENCE_SECONDS = 180;
    private static final String ENDED = "ended";

    private final Process process;
    private final PrintStream orders;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Map<Long, String> sent = new TreeMap<>();
    private final Map<Long, String> acknowledged = new TreeMap<>();
    private final Thread reader;

    private KilledNode(Process process) {
        this.process = process;
        this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.reader = Thread.ofPlatform().daemon().start(this::read);
    }

    /// @param log where its standard error stream goes
    static KilledNode start(Path store, String durability, Path log) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                KilledNodeMain.class.getName(),
                store.toString(),
                durability));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        // However this process ends, the node ends with it.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new KilledNode(process);
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.endsWith(KilledNodeMain.END)) {
                    take(line.substring(0, line.length() - KilledNodeMain.END.length()));
                }
            }
        } catch (IOException over) {
            answers.add(ENDED);
        }
        answers.add(ENDED);
    }

    private synchronized void take(String line) {
        if (line.startsWith(KilledNodeMain.ANSWER)) {
            answers.add(line.substring(KilledNodeMain.ANSWER.length()));
            return;
        }
        var words = line.split(" ");
        (words[0].equals("ok") ? acknowledged : sent).put(Long.parseLong(words[2]), words[1]);
    }

    /// How many requests were answered.
    synchronized int answered() {
        return acknowledged.size();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// The entries that were answered, with their keys; once it is dead.
    Map<Long, String> acknowledged() {
        return acknowledged;
    }

    /// The entries that were sent, with their keys; once it is dead.
    Map<Long, String> sent() {
        return sent;
    }

    void order(String order) {
        orders.println(order);
    }

    String ask(String order) throws InterruptedException {
        order(order);
        return answer();
    }

    String answer() throws InterruptedException {
        var answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (answer == null || answer.equals(ENDED)) {
            throw new IllegalStateException(answer == null ? "no answer" : "the process has ended");
        }
        return answer;
    }

    /// Ends it at once (`kill -9`), and waits until all that it has said is read.
    void kill() throws InterruptedException {
        // Not the process' own method: that would close the pipe with what it said last.
        process.toHandle().destroyForcibly();
        process.waitFor();
        reader.join();
    }
}
