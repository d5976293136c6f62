package io.legion.cluster.test.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The dashboard of a node, open in a Chromium in the node's network: the causes of the problems that it has
/// shown since somebody asked. Used by one thread.
final class ShownPage implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private final Process reader;

    private final Set<String> shown = new HashSet<>(); // guarded by this

    /// What it shows now; guarded by this.
    private Set<String> present = Set.of();

    private ShownPage(Process reader) {
        this.reader = reader;
        Thread.ofVirtual().start(this::read);
    }

    /// False where Chromium is not installed; where everything must be there, that is an error.
    static boolean canBeSeen() {
        boolean installed = Files.exists(CHROMIUM);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(installed)
                    .as(CHROMIUM + " is there: run admin/install-browser")
                    .isTrue();
        }
        return installed;
    }

    /// Opens the page.
    ///
    /// @param inside the words that run a command in the network of the node
    /// @param directory for the files of the browser
    static ShownPage open(List<String> inside, String address, Path directory) {
        var command = new ArrayList<>(inside);
        command.addAll(FaultyNode.java(List.of(), "", PageReaderMain.class));
        command.addAll(List.of(CHROMIUM.toString(), address, directory.toString()));
        try {
            var reader = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(
                            Path.of(directory + ".log").toFile()))
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(reader::destroy));
            return new ShownPage(reader);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private void read() {
        try (var lines = reader.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(this::shows);
        } catch (IOException ended) {
            throw new AssertionError(ended);
        }
    }

    private synchronized void shows(String causes) {
        present = Set.copyOf(List.of(causes.split(" ")));
        shown.addAll(present);
        notifyAll();
    }

    /// From now on what it shows counts.
    synchronized void forget() {
        shown.retainAll(present);
    }

    /// Waits until it has shown the cause.
    synchronized void await(String cause, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (!shown.contains(cause)) {
            long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
            assertThat(left)
                    .as("the dashboard has not shown %s, but %s", cause, shown)
                    .isPositive();
            try {
                wait(left);
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }

    @Override
    public void close() {
        reader.destroy();
    }
}
