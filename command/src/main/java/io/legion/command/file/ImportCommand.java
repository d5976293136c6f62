package io.legion.command.file;

import io.legion.command.asking.CommandExit;
import io.legion.command.output.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Makes a file of partitions ready for the founding of a cluster.
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Checks the lines of a file, {\"key\": ..., \"state\": ...} each, and puts them where the node that founds a"
                    + " cluster takes them in: all of them, or none if one is wrong.",
            "For the demo: ./legion demo --founding DIR, for a node: the group \"founding\" of its configuration."
        })
public final class ImportCommand implements Callable<Integer> {
    private static final Path STANDARD_INPUT = Path.of("-");

    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec command;

    @Option(names = "--type", required = true, paramLabel = "TYPE", description = "The name of the partition type.")
    private String type = "";

    @Option(
            names = "--to",
            paramLabel = "DIR",
            defaultValue = "data/founding",
            description = "The directory that the founding node reads. Default: ${DEFAULT-VALUE}.")
    private Path directory = Path.of("data", "founding");

    @Parameters(paramLabel = "FILE", description = "The file with the lines; - for the input.")
    private Path file = STANDARD_INPUT;

    public ImportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        requireFileName();
        var target = directory.resolve(type + ".jsonl");
        try (var lines = open()) {
            Files.createDirectories(directory);
            long taken = take(lines, target);
            terminal.out()
                    .println(
                            taken + " partitions of the type " + type + " are in " + target
                                    + ". The node that founds the cluster takes them in, and says so if its type cannot read one.");
            return CommandExit.FINE;
        } catch (FileAlreadyExistsException there) {
            throw wrong(there.getFile() + " is there already. Nothing was done. Remove it, or name another directory.");
        } catch (IOException failure) {
            throw wrong(failure + ". Nothing was done.");
        }
    }

    private void requireFileName() {
        if (type.isBlank() || type.contains("/") || type.contains("\\") || type.contains("\0")) {
            throw wrong("\"" + type + "\" names no file, so Legion cannot read the type from one. Nothing was done.");
        }
    }

    private BufferedReader open() throws IOException {
        return file.equals(STANDARD_INPUT) ? terminal.in() : Files.newBufferedReader(file);
    }

    private long take(BufferedReader lines, Path target) throws IOException {
        try (var copy = NewFile.create(target)) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                var problem = LineCheck.problem(line);
                if (!problem.isEmpty()) {
                    throw wrong("line " + number + " of " + file + ": " + problem + ". Nothing was done.");
                }
                copy.line(line);
            }
            copy.finish();
            return number;
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(Objects.requireNonNull(command).commandLine(), message);
    }
}
