package io.legion.discovery;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A program as a process of its own, mostly one of this module, its output in files.
final class RunningProgram implements AutoCloseable {
    /// A small heap, and compiled quickly rather than well.
    static final List<String> QUICK = List.of("-Xmx256m", "-XX:TieredStopAtLevel=1");

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final Path out;
    private final Path err;

    private RunningProgram(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    static RunningProgram start(Path directory, Class<?> main, String... arguments) throws IOException {
        return start(QUICK, directory, main, arguments);
    }

    static RunningProgram start(List<String> flags, Path directory, Class<?> main, String... arguments)
            throws IOException {
        return startUnder(List.of(), flags, directory, main, arguments);
    }

    /// Under a command that runs the rest of its line, such as one that sets limits.
    static RunningProgram startUnder(
            List<String> wrapper, List<String> flags, Path directory, Class<?> main, String... arguments)
            throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(1, flags);
        command.addAll(0, wrapper);
        command.addAll(List.of(arguments));
        return start(directory, command);
    }

    /// Any program.
    static RunningProgram start(Path directory, List<String> command) throws IOException {
        Files.createDirectories(directory);
        var out = Files.createTempFile(directory, "out", ".txt");
        var err = Files.createTempFile(directory, "err", ".txt");
        var process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new RunningProgram(process, out, err);
    }

    /// Waits until the output has this text.
    RunningProgram await(String text) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!out().contains(text)) {
            if (!process.isAlive() && !out().contains(text)) {
                throw new AssertionError("the program ended without \"" + text + "\":\n" + out() + err());
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("no \"" + text + "\" within " + PATIENCE + ":\n" + out() + err());
            }
            LockSupport.parkNanos(10_000_000);
        }
        return this;
    }

    /// Waits for the end.
    ///
    /// @return the exit code
    int exit() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the program did not end:\n" + out() + err());
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        return process.exitValue();
    }

    /// SIGTERM.
    RunningProgram terminate() {
        process.destroy();
        return this;
    }

    /// SIGKILL.
    void kill() {
        process.destroyForcibly();
        exit();
    }

    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    String out() {
        return text(out);
    }

    String err() {
        return text(err);
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroyForcibly();
        }
    }
}
