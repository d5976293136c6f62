package io.legion.simulation.purity;

import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.core.codec.DerivedEventCodecs;
import io.legion.core.codec.RecordCodec;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A second Java virtual machine, in which the events are applied too: another order of `Set.of` and `Map.of`, other
/// hashes of enums, another process id, locale, time zone, charset, working directory, environment, number of
/// processors and size of the heap. What an `apply` must not depend on, and one process cannot change, differs there.
///
/// Only for codecs that Legion derived: others exist as objects of this process alone.
public final class OtherJvm implements AutoCloseable {
    /// Of two machines, each second one has another order of small sets.
    private static final int ATTEMPTS = 12;

    private static final List<String> DIFFERENT = List.of(
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ActiveProcessorCount=1",
            "-Duser.language=tr",
            "-Duser.country=TR",
            "-Duser.timezone=Pacific/Kiritimati",
            "-Dfile.encoding=COMPAT",
            "-Dline.separator=\r\n",
            "-Duser.name=somebody-else",
            "-Duser.home=/home/somebody-else");

    private final Process process;
    private final DataInputStream in;
    private final DataOutputStream out;

    private OtherJvm(Process process) {
        this.process = process;
        this.in = new DataInputStream(process.getInputStream());
        this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    }

    /// Starts one; empty if the type has a codec of the user's own.
    ///
    /// @throws IllegalStateException if it does not start
    public static Optional<OtherJvm> start(PartitionType<?> type) {
        if (type.eventCodecs() instanceof DerivedEventCodecs<?> derived
                && type.stateCodec() instanceof RecordCodec<?>) {
            return Optional.of(start(derived.root()));
        }
        return Optional.empty();
    }

    private static OtherJvm start(Class<?> events) {
        try {
            for (int attempt = 1; ; attempt++) {
                var other = new OtherJvm(process(events));
                if (other.in.readBoolean() != JvmExchange.order() || attempt == ATTEMPTS) {
                    return other;
                }
                other.close();
            }
        } catch (IOException dead) {
            throw new IllegalStateException(
                    "the second Java virtual machine of the purity check did not start: the error output says why."
                            + " Without it the check finds less: inOneJvm() leaves it out",
                    dead);
        }
    }

    private static Process process(Class<?> events) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(DIFFERENT);
        command.addAll(List.of("-cp", classPath(), OtherJvmMain.class.getName(), events.getName()));
        var builder = new ProcessBuilder(command)
                .directory(new File(System.getProperty("java.io.tmpdir")))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().retainAll(Set.of("SystemRoot"));
        builder.environment().put("LC_ALL", "C");
        return builder.start();
    }

    /// All that this process has its classes from, modules and their patches too.
    private static String classPath() {
        var entries = new LinkedHashSet<String>();
        Stream<String> patches = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--patch-module="))
                .map(argument -> argument.substring(argument.indexOf('=', "--patch-module=".length()) + 1));
        Stream.concat(
                        patches,
                        Stream.of(System.getProperty("java.class.path", ""), System.getProperty("jdk.module.path", "")))
                .flatMap(path -> Stream.of(path.split(File.pathSeparator)))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .forEach(entries::add);
        return String.join(File.pathSeparator, entries);
    }

    /// What the event comes to there.
    Tried.Outcome outcome(byte[] event, byte[] state, EventContext context) {
        try {
            JvmExchange.writeBytes(out, event);
            JvmExchange.writeBytes(out, state);
            JvmExchange.write(out, context);
            out.flush();
            return JvmExchange.readOutcome(in);
        } catch (IOException dead) {
            throw new IllegalStateException(
                    "the second Java virtual machine of the purity check has ended: its error output says why", dead);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
