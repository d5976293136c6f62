package io.legion.http.jetty;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A main class of these tests in a JVM of its own, which ends when this is closed.
final class OtherJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;

    private OtherJvm(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    /// @param wrapper a command that runs the rest of its line in its own place, or nothing
    static OtherJvm start(List<String> wrapper, List<String> flags, Class<?> main, String... arguments)
            throws IOException {
        var command = new ArrayList<>(wrapper);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", path(), main.getName()));
        command.addAll(List.of(arguments));
        return new OtherJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start());
    }

    private static String path() {
        return String.join(
                File.pathSeparator,
                "target/classes",
                "target/test-classes",
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path"));
    }

    long id() {
        return process.pid();
    }

    /// The next line that it prints.
    String line() throws IOException {
        var line = out.readLine();
        if (line == null) {
            throw new IOException("the process ended");
        }
        return line;
    }

    /// Ends its input; what it prints until its end.
    String end() throws IOException {
        process.getOutputStream().close();
        return String.join("\n", out.readAllLines());
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
