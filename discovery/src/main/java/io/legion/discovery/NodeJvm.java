package io.legion.discovery;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How the demonstration starts the JVM of a node.
final class NodeJvm {
    /// docs/tuning.md says why.
    private static final String COLLECTOR = "-XX:+UseG1GC";

    private static final Pattern NAMES_A_COLLECTOR =
            Pattern.compile("-XX:[+-]Use(Serial|Parallel|G1|Z|Shenandoah|Epsilon)GC");

    private NodeJvm() {}

    /// The command that starts a node.
    ///
    /// @param own the options of this JVM: if they name a garbage collector, the node gets the same
    static List<String> command(List<String> own, Path configuration) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+ExitOnOutOfMemoryError"));
        command.addAll(collector(own));
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath(),
                NodeMain.class.getName(),
                "--config",
                configuration.toString(),
                "--stop-with-parent"));
        return command;
    }

    /// A JVM with two collectors does not start, so ours is left out if there is another.
    private static List<String> collector(List<String> own) {
        var named = own.stream().filter(NAMES_A_COLLECTOR.asMatchPredicate()).toList();
        return named.isEmpty() ? List.of(COLLECTOR) : named;
    }

    private static String classPath() {
        return Stream.of("java.class.path", "jdk.module.path")
                .map(name -> System.getProperty(name, ""))
                .filter(path -> !path.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
