package io.legion.simulation.commands;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// Plants one mutant in a scratch copy, and lets the simulation look for it in a process of its own.
final class MutantTrial {
    /// Found by a difference between two processes, not by a broken invariant.
    static final String TRACE = "SameSeedSameTrace";

    private static final int TRACES = 20;
    private static final Pattern FOUND = Pattern.compile("seed (-?\\d+): (.+?) is broken after .*");

    /// The outcome.
    ///
    /// @param invariant the invariant seen broken, or null if none was within the time
    record Result(@Nullable String invariant, long seed, double seconds) {}

    private final Mutant mutant;
    private final Path scratch;
    private final String classPath;

    MutantTrial(Mutant mutant, Path scratch) {
        this.mutant = mutant;
        this.scratch = scratch;
        this.classPath = scratch.resolve("classes") + File.pathSeparator + System.getProperty("java.class.path");
    }

    /// Compiles the changed files alone, against the classes that are there: their signatures are the same.
    void build(Path root) throws IOException {
        Files.createDirectories(scratch.resolve("classes"));
        // Where this runs as modules, they are not on the class path.
        var classes = classPath + File.pathSeparator + System.getProperty("jdk.module.path", "");
        var command = new ArrayList<>(List.of("-nowarn", "-proc:none", "-Xlint:none", "-cp", classes));
        command.addAll(List.of("-d", scratch.resolve("classes").toString()));
        for (Map.Entry<String, List<String>> changed : mutant.plant(root).entrySet()) {
            Path source = scratch.resolve(changed.getKey());
            Files.createDirectories(source.getParent());
            Files.write(source, changed.getValue());
            command.add(source.toString());
        }
        compile(command);
    }

    private void compile(List<String> command) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var said = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            int options = command.indexOf("-d") + 2;
            var sources = files.getJavaFileObjectsFromStrings(command.subList(options, command.size()));
            var task = compiler.getTask(said, files, null, command.subList(0, options), null, sources);
            if (!task.call()) {
                throw new IllegalStateException("the mutant " + mutant.name() + " cannot be compiled:\n" + said);
            }
        }
    }

    Result run(Duration limit) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        return mutant.seenBy().equals(TRACE) ? compareTraces(begun, limit) : search(begun, limit);
    }

    /// Tries seeds from 0 on, until one of them breaks.
    private Result search(long begun, Duration limit) throws IOException, InterruptedException {
        Process process = simulate(classPath, rolling("--from", "0", "--count", "1000000000"));
        try (var _ = new Watch(process, limit);
                BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher found = FOUND.matcher(line);
                if (found.matches() && holdsWithout(found.group(1))) {
                    return new Result(found.group(2), Long.parseLong(found.group(1)), seconds(begun));
                }
            }
        }
        return new Result(null, 0, seconds(begun));
    }

    /// A seed that breaks without the mutant too says nothing about it.
    private boolean holdsWithout(String seed) throws IOException, InterruptedException {
        Process process = simulate(System.getProperty("java.class.path"), rolling("--seed", seed));
        try (var _ = new Watch(process, Duration.ofMinutes(1))) {
            process.getInputStream().transferTo(OutputStream.nullOutputStream());
            return process.waitFor() == 0;
        }
    }

    /// Compares the stories of some seeds, each told by two processes.
    private Result compareTraces(long begun, Duration limit) throws IOException {
        for (int seed = 0; seed < TRACES && seconds(begun) < limit.toSeconds(); seed++) {
            if (!story(seed).equals(story(seed))) {
                return new Result(TRACE, seed, seconds(begun));
            }
        }
        return new Result(null, 0, seconds(begun));
    }

    private String story(long seed) throws IOException {
        Process process = simulate(classPath, List.of("--messages", "--seed", Long.toString(seed)));
        try (var _ = new Watch(process, Duration.ofMinutes(1))) {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private List<String> rolling(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        if (mutant.rolls()) {
            all.add("--rolling");
        }
        return all;
    }

    private static Process simulate(String classPath, List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx1g",
                "-cp",
                classPath,
                SimulateMain.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    /// Ends a process when its time is over, or when this is closed.
    private static final class Watch implements AutoCloseable {
        private final Process process;

        Watch(Process process, Duration limit) {
            this.process = process;
            Thread.ofVirtual().start(() -> end(limit));
        }

        private void end(Duration limit) {
            try {
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException ended) {
                process.destroyForcibly();
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
