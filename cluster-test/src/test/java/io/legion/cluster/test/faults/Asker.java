package io.legion.cluster.test.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// An [AskerMain] in a process of its own, which asks as often as one likes and takes little time for it. Used by one
/// thread.
final class Asker implements AutoCloseable {
    /// The service makes a new picture once a second.
    private static final long PACE_NANOS = 100_000_000;

    private final Process process;
    private final BufferedReader answers;
    private final PrintStream questions;

    private Asker(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /// @param inside the words that run a command in the network of the node
    static Asker open(List<String> inside, String address) {
        var command = new ArrayList<>(inside);
        command.addAll(FaultyNode.java(List.of(), "", AskerMain.class));
        command.add(address);
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            return new Asker(process);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// What the service shows; empty if it does not answer.
    Optional<Finding> look() {
        LockSupport.parkNanos(PACE_NANOS);
        questions.println();
        try {
            var answer = answers.readLine();
            if (answer == null) {
                throw new AssertionError("the process that asks has ended");
            }
            return answer.isEmpty() ? Optional.empty() : Optional.of(Finding.of(answer));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
