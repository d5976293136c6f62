package io.legion.simulation.commands;

import io.legion.simulation.shapes.ShapeFileException;
import io.legion.simulation.shapes.ShapeReport;
import io.legion.simulation.shapes.Shapes;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The command `legion shapes`: the files of shapes of a user's partition types ([Shapes]) from the command line.
@Command(
        name = "shapes",
        mixinStandardHelpOptions = true,
        description = "Keeps what the versions of partition types have in common, and compares classes with it.")
public final class ShapesMain {
    private static final int FITS = 0;
    private static final int DIFFERS = 1;
    private static final int WRONG = CommandLine.ExitCode.USAGE;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private ShapesMain() {}

    public static void main(String[] arguments) {
        var line = line();
        line.setOut(new PrintWriter(System.out, true, System.out.charset()));
        line.setErr(new PrintWriter(System.err, true, System.err.charset()));
        System.exit(line.execute(arguments));
    }

    /// The command line; it prints to the streams that are set there.
    static CommandLine line() {
        var line = new CommandLine(new ShapesMain());
        line.setExecutionExceptionHandler((failure, command, _) -> {
            if (failure instanceof ShapeFileException
                    || failure instanceof ProgramTypes.NotFound
                    || failure instanceof IllegalArgumentException) {
                command.getErr().println("legion shapes: " + failure.getMessage());
                return WRONG;
            }
            throw failure;
        });
        return line;
    }

    static final class Where {
        @Option(names = "--in", paramLabel = "DIR", description = "the directory of the shapes (${DEFAULT-VALUE})")
        private Path directory = Path.of("src/test/shapes");
    }

    static final class What {
        @Option(
                names = "--classes",
                paramLabel = "PATH",
                description = "directories and jars with the classes, as for java -cp (${DEFAULT-VALUE})")
        private String classes = "target/classes";

        @Parameters(
                paramLabel = "CLASS[#FIELD]",
                arity = "1..*",
                description = "whose static fields hold the partition types: all types of the service")
        @SuppressWarnings("NullAway.Init") // picocli sets it
        private List<String> names;
    }

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = "Compares the classes with the files; exits with 1 if something does not fit or is missing.")
    int check(@CommandLine.Mixin Where where, @CommandLine.Mixin What what) {
        return compare(Shapes.in(where.directory).writing(false), what);
    }

    @Command(
            name = "write",
            mixinStandardHelpOptions = true,
            description = "Compares likewise, and writes the files that are missing if everything fits.")
    int write(@CommandLine.Mixin Where where, @CommandLine.Mixin What what) {
        return compare(Shapes.in(where.directory).writing(true), what);
    }

    private int compare(Shapes shapes, What what) {
        try (var program = ProgramTypes.open(what.classes)) {
            ShapeReport report = shapes.compare(program.in(what.names));
            if (!report.text().isEmpty()) {
                out().println(report.text());
            }
            out().println(
                            report.isWell()
                                    ? "Everything fits; files compared: " + report.compared()
                                    : "Nothing was written.");
            return report.isWell() ? FITS : DIFFERS;
        }
    }

    @Command(
            name = "diff",
            mixinStandardHelpOptions = true,
            description = "Shows in what two kept versions of a type differ.")
    int diff(
            @CommandLine.Mixin Where where,
            @Parameters(paramLabel = "TYPE", description = "the name of the partition type") String type,
            @Parameters(paramLabel = "FROM", description = "the one version") int from,
            @Parameters(paramLabel = "TO", description = "the other one") int to) {
        var lines = Shapes.in(where.directory).differences(type, from, to);
        lines.forEach(out()::println);
        if (lines.isEmpty()) {
            out().println("They do not differ.");
        }
        return FITS;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
