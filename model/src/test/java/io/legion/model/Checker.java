package io.legion.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import tlc2.TLC;

/// TLC in a process of its own: it keeps static state, ends by `System.exit`, and writes its standard modules into
/// `java.io.tmpdir`, so each run has its own directory for everything.
final class Checker {

    /// What TLC exits with when it has walked through every state and every invariant held.
    static final int ALL_HOLD = 0;

    /// What TLC exits with when it has found a run that breaks an invariant.
    static final int BROKEN = 12;

    private static final Pattern STATES = Pattern.compile("([0-9]+) distinct states found");
    private static final Pattern INVARIANT = Pattern.compile("Invariant (\\w+) is violated");

    private final Path directory;

    Checker(Path directory) {
        this.directory = directory;
    }

    /// @param exit TLC's exit status
    /// @param states the number of different states that were visited
    /// @param broken the name of the broken invariant, empty if none
    /// @param output all that TLC printed, with the run that breaks the invariant
    record Verdict(int exit, long states, String broken, String output) {}

    Verdict check(String configuration) throws IOException, InterruptedException {
        copy("Shard.tla");
        copy("Scenarios.tla");
        Files.writeString(directory.resolve("run.cfg"), configuration);
        var printed = directory.resolve("printed.txt");
        var process = new ProcessBuilder(command())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        var ended = false;
        try {
            ended = process.waitFor(Long.getLong("legion.model.minutes", 60), TimeUnit.MINUTES);
        } finally {
            if (!ended) process.destroyForcibly();
        }
        if (!ended) throw new IllegalStateException("TLC did not end in time; see " + printed);
        return verdict(process.exitValue(), Files.readString(printed, UTF_8));
    }

    private String[] command() {
        return new String[] {
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djava.io.tmpdir=" + directory,
            "-cp",
            tlc().toString(),
            "tlc2.TLC",
            "-workers",
            "2",
            "-metadir",
            directory.resolve("states").toString(),
            "-config",
            "run.cfg",
            "Scenarios.tla"
        };
    }

    private static Path tlc() {
        try {
            return Path.of(TLC.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the jar of TLC has no path", e);
        }
    }

    private void copy(String module) throws IOException {
        try (InputStream in = Checker.class.getResourceAsStream("/model/" + module)) {
            if (in == null) throw new IllegalStateException("no resource /model/" + module);
            Files.write(directory.resolve(module), in.readAllBytes());
        }
    }

    private static Verdict verdict(int exit, String output) {
        var states = STATES.matcher(output);
        long count = 0;
        while (states.find()) count = Long.parseLong(states.group(1));
        var invariant = INVARIANT.matcher(output);
        return new Verdict(exit, count, invariant.find() ? invariant.group(1) : "", output);
    }
}
