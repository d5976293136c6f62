package io.legion.simulation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two releases of one service, with the same names of classes, side by side in one simulated cluster.
class RolledOutTest {
    @TempDir
    private Path directory = Path.of("");

    /// A release of a service that counts.
    ///
    /// @param adds what an event adds
    private PartitionType<?> release(String name, int version, String adds) throws IOException {
        return release(name, version, adds, "");
    }

    /// @param more events beside `Add`
    private PartitionType<?> release(String name, int version, String adds, String more) throws IOException {
        Path source = Files.createDirectories(directory.resolve(name)).resolve("Counter.java");
        Files.writeString(source, """
                package com.example;

                import io.legion.core.*;

                public record Counter(long count) {
                    public static final PartitionType<Counter> TYPE =
                            PartitionType.named("counter", new Counter(0)).events(Change.class).version(%d);

                    public sealed interface Change extends Event<Counter, Long> {
                        long number();

                        default Applied<Counter, Long> apply(Counter state, EventContext context) {
                            long number = number();
                            long next = state.count + %s;
                            return Applied.of(new Counter(next), next);
                        }
                    }

                    public record Add(long number) implements Change {}

                    %s
                }
                """.formatted(version, adds, more));
        Path classes = classes(name);
        var path =
                System.getProperty("java.class.path") + File.pathSeparator + System.getProperty("jdk.module.path", "");
        int failed = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(System.out, System.err, "-proc:none", "-cp", path, "-d", classes.toString(), source.toString());
        assertThat(failed).isZero();
        return counter(classes);
    }

    private Path classes(String name) {
        return directory.resolve(name + "-classes");
    }

    private static PartitionType<?> counter(Path release) {
        return OldRelease.of(release).type("com.example.Counter", "TYPE");
    }

    /// A release as a jar.
    ///
    /// @param more classes of this program that the jar has too
    private Path jar(String name, Manifest manifest, Class<?>... more) throws IOException {
        Path jar = directory.resolve(name + ".jar");
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var classes = Files.walk(classes(name))) {
            for (Path file : classes.filter(Files::isRegularFile).toList()) {
                add(out, classes(name).relativize(file).toString(), Files.readAllBytes(file));
            }
            for (Class<?> each : more) {
                try (var bytes = each.getResourceAsStream(each.getSimpleName() + ".class")) {
                    add(
                            out,
                            each.getName().replace('.', '/') + ".class",
                            requireNonNull(bytes).readAllBytes());
                }
            }
        }
        return jar;
    }

    private static void add(JarOutputStream out, String name, byte[] bytes) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(bytes);
    }

    /// Tries the newer release against the older one.
    private static <S> void roll(PartitionType<S> newer, PartitionType<?> older) {
        roll(newer, older, "Add");
    }

    /// @param events the names of those that callers ask for
    private static <S> void roll(PartitionType<S> newer, PartitionType<?> older, String... events) {
        Simulation.of(newer)
                .events(random -> event(newer, events[random.below(events.length)], random.between(1, 9)))
                .inOneJvm()
                .seeds(10)
                .rolledOutFrom(older)
                .run();
    }

    /// An event whose class only the release's own loader knows.
    @SuppressWarnings("unchecked")
    private static <S> Event<S, ?> event(PartitionType<S> type, String name, long number) {
        try {
            var event = type.initial().getClass().getClassLoader().loadClass("com.example.Counter$" + name);
            return (Event<S, ?>) event.getConstructor(long.class).newInstance(number);
        } catch (ReflectiveOperationException missing) {
            throw new LinkageError(missing.getMessage(), missing);
        }
    }

    @Test
    void aChangeUnderAVersionOfItsOwnIsRolledOut() throws IOException {
        roll(release("newer", 2, "(context.version() == 1 ? number : 2 * number)"), release("older", 1, "number"));
    }

    @Test
    void aChangeWithoutALookAtTheVersionIsCaught() throws IOException {
        var newer = release("newer", 2, "2 * number");
        var older = release("older", 1, "number");
        assertThatThrownBy(() -> roll(newer, older))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("is broken")
                .hasMessageContaining("does under version 1 what the older one did not do")
                .hasMessageContaining("If both do the same under version 1, Legion has broken a promise");
    }

    @Test
    void aReleaseThatDoesTheSameNeedsNoVersion() throws IOException {
        roll(release("newer", 1, "number"), release("older", 1, "number"));
    }

    @Test
    void logicThatChangedWithoutAVersionIsCaught() throws IOException {
        var newer = release("newer", 2, "2 * number");
        var older = release("older", 2, "number");
        assertThatThrownBy(() -> roll(newer, older))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching(
                        "(?s).* m\\d made of Add\\[number=\\d+] in the partition p\\d something else than another"
                                + " replica: the output: \\d+ and \\d+\n.*")
                .hasMessageContaining("Two releases ran side by side, and both have version 2.")
                .hasMessageContaining("say version(3), and let apply do under context.version() < 3 what the older")
                .hasMessageContaining("If both do the same, Legion has broken a promise: please report");
    }

    @Test
    void aLowerVersionIsNoRollOut() throws IOException {
        var newer = release("newer", 1, "number");
        var older = release("older", 2, "number");
        assertThatThrownBy(() -> roll(newer, older))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("give the same type, and no lower version(...) in the newer one");
    }

    @Test
    void aNewEventUnderAVersionOfItsOwnIsRolledOut() throws IOException {
        var newer = release("newer", 2, "number", "@Since(2) public record Give(long number) implements Change {}");
        roll(newer, release("older", 1, "number"), "Add", "Give");
    }

    @Test
    void aNewEventWithoutAVersionIsCaught() throws IOException {
        var newer = release("newer", 2, "number", "public record Give(long number) implements Change {}");
        var older = release("older", 1, "number");
        assertThatThrownBy(() -> roll(newer, older, "Add", "Give"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("your roll-out is broken")
                .hasMessageContaining("runs the older release (version 1 of 'counter'), and cannot read what another"
                        + " release wrote (Change: an alternative that")
                .hasMessageContaining("What a release adds needs @Since")
                .hasMessageNotContaining("states or answers differ");
    }

    @Test
    void aJarThatNamesTheJarsOfLegionIsAnOldRelease() throws IOException {
        release("older", 1, "number");
        var manifest = new Manifest();
        var legion = PartitionType.class.getProtectionDomain().getCodeSource().getLocation();
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, legion.toString());
        var older = counter(jar("older", manifest));
        roll(release("newer", 2, "(context.version() == 1 ? number : 2 * number)"), older);
    }

    @Test
    void aJarThatContainsLegionIsAnOldRelease() throws IOException {
        release("older", 1, "number");
        var older = counter(
                jar("older", new Manifest(), PartitionType.class, Event.class, Applied.class, EventContext.class));
        roll(release("newer", 2, "(context.version() == 1 ? number : 2 * number)"), older);
    }

    @Test
    void whatIsNotThereIsSaid() throws IOException {
        assertThatThrownBy(() -> OldRelease.of(directory.resolve("nowhere")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no old release at");
        release("older", 1, "number");
        var old = OldRelease.of(directory.resolve("older-classes"));
        assertThatThrownBy(() -> old.type("com.example.Counter", "KIND"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no partition type com.example.Counter.KIND");
        assertThat(List.of(old.type("com.example.Counter", "TYPE").version())).containsExactly(1);
    }
}
