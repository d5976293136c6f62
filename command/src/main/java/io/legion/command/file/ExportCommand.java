package io.legion.command.file;

import io.legion.command.asking.AdminOptions;
import io.legion.command.asking.CommandExit;
import io.legion.command.client.AdminClient;
import io.legion.command.output.Terminal;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Writes the partitions of a type into a file.
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Writes each partition of a type as a line of JSON, as import reads it. It asks for one partition"
                + " after the other while the cluster goes on: no snapshot. It misses partitions that are only some"
                + " seconds old.")
public final class ExportCommand implements Callable<Integer> {
    private static final Path STANDARD_OUTPUT = Path.of("-");

    private final Terminal terminal;

    @Mixin
    private final AdminOptions admin = new AdminOptions();

    @Option(names = "--type", required = true, paramLabel = "TYPE", description = "The name of the partition type.")
    private String type = "";

    @Parameters(paramLabel = "FILE", description = "The file to write, which is not there yet; - for the output.")
    private Path file = STANDARD_OUTPUT;

    public ExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (admin.json()) {
            throw admin.wrong("\"--json\" says nothing here, since each line is JSON already. Nothing was done.");
        }
        try (var client = admin.open()) {
            long written = file.equals(STANDARD_OUTPUT) ? toOutput(client) : toFile(client);
            terminal.err().println(written + " partitions of the type " + type + " were written.");
            return CommandExit.FINE;
        } catch (FileAlreadyExistsException there) {
            throw admin.wrong(file + " is there already. Nothing was done. Name another file.");
        } catch (IOException failure) {
            terminal.err().println("legion export: " + file + " cannot be written: " + failure + ". It is not there.");
            return CommandExit.FAILED;
        }
    }

    private long toOutput(AdminClient client) throws IOException {
        return exporting(client).write(terminal::json);
    }

    private long toFile(AdminClient client) throws IOException {
        try (var lines = NewFile.create(file)) {
            long written = exporting(client).write(lines::line);
            lines.finish();
            return written;
        }
    }

    private Exporting exporting(AdminClient client) {
        return new Exporting(client, type, terminal.err());
    }
}
