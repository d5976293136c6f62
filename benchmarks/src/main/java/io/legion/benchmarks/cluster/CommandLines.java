package io.legion.benchmarks.cluster;

import io.legion.benchmarks.cluster.subject.Kept;
import io.legion.benchmarks.cluster.subject.Mode;
import io.legion.benchmarks.cluster.subject.PeerSystem;
import io.legion.benchmarks.cluster.subject.Subject;
import io.legion.service.NearestName;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// How command lines are read: a wrong one gets a line or two, with the nearest right word.
final class CommandLines {
    private static final int USAGE = 2;
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m)");

    private CommandLines() {}

    /// Reads the command line into the command and runs it.
    ///
    /// @return the exit code
    static int run(Object command, PrintStream err, String... arguments) {
        return of(command)
                .setParameterExceptionHandler((wrong, _) -> refuse(wrong, err))
                .execute(arguments);
    }

    /// What reads the words of a command line into the command's options.
    static CommandLine of(Object command) {
        return new CommandLine(command)
                .registerConverter(Mode.class, oneOf("mode", Mode.values()))
                .registerConverter(Kept.class, oneOf("store", Kept.values()))
                .registerConverter(PeerSystem.class, oneOf("peer", PeerSystem.values()))
                .registerConverter(GarbageCollector.class, oneOf("collector", GarbageCollector.values()))
                .registerConverter(HeapSize.class, CommandLines::heap)
                .registerConverter(Duration.class, CommandLines::duration);
    }

    private static <E extends Enum<E>> ITypeConverter<E> oneOf(String what, E[] values) {
        return text -> Arrays.stream(values)
                .filter(value -> Subject.word(value).equals(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("there is no " + what + " \"" + text + "\"."
                        + meant(Arrays.stream(values).map(Subject::word).toList(), text)));
    }

    private static Duration duration(String text) {
        var parts = DURATION.matcher(text);
        if (!parts.matches()) {
            throw new TypeConversionException("\"" + text + "\" is no time such as 500ms, 60s or 2m.");
        }
        long number = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
    }

    private static HeapSize heap(String text) {
        try {
            return new HeapSize(text);
        } catch (IllegalArgumentException wrong) {
            throw new TypeConversionException(wrong.getMessage());
        }
    }

    private static int refuse(ParameterException wrong, PrintStream err) {
        var command = wrong.getCommandLine();
        err.println(command.getCommandName() + ": " + wrong.getMessage());
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            var flags = command.getCommandSpec().optionsMap().keySet();
            err.println(meant(flags, unmatched.getUnmatched().getFirst()).strip());
        }
        err.println("See ./legion help bench.");
        return USAGE;
    }

    private static String meant(Collection<String> known, String text) {
        return NearestName.among(known, text)
                .map(name -> " Did you mean \"" + name + "\"?")
                .orElse("");
    }
}
