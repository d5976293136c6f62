package io.legion.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// More partitions than memory: fills a RocksDB store in a JVM with 256 MiB of heap, starts on it again in
/// another one, and prints a table. Arguments: numbers of partitions; 100000 and 1000000 if there are none.
public final class LargeStateMain {
    private static final String HEAP = "-Xmx256m";

    private LargeStateMain() {}

    /// Prints the table; called by itself with `fill` or `work`, prints one column of it.
    public static void main(String[] arguments) {
        if (arguments.length == 3) {
            var state = new LargeState(Integer.parseInt(arguments[1]), Path.of(arguments[2]), System.out);
            switch (arguments[0]) {
                case "fill" -> state.fill();
                case "work" -> state.work();
                default -> throw new IllegalArgumentException("neither fill nor work: " + arguments[0]);
            }
        } else {
            var counts = arguments.length == 0 ? List.of("100000", "1000000") : List.of(arguments);
            for (String count : counts) {
                table(Integer.parseInt(count));
            }
        }
    }

    private static void table(int partitions) {
        System.out.printf("%,d partitions of about 200 bytes, heap of 256 MiB:%n", partitions);
        var measured = ScratchDirectory.managed().use(directory -> {
            var store = directory.resolve("store").toString();
            var all = child("fill", partitions, store);
            all.putAll(child("work", partitions, store));
            return all;
        });
        measured.forEach((name, value) -> System.out.printf("  %-12s %12s%n", name, value));
    }

    private static Map<String, String> child(String phase, int partitions, String store) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                LargeStateMain.class.getName()));
        command.addAll(List.of(phase, String.valueOf(partitions), store));
        try {
            return run(command);
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException("the JVM of the phase " + phase + " could not be run", failure);
        }
    }

    private static Map<String, String> run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var measured = new LinkedHashMap<String, String>();
        try (var lines = process.inputReader()) {
            lines.lines()
                    .forEach(line ->
                            measured.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1)));
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException("a JVM with " + HEAP + " failed; see above");
        }
        return measured;
    }
}
