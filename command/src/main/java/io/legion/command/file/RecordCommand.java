package io.legion.command.file;

import io.legion.command.asking.AdminOptions;
import io.legion.command.asking.CommandExit;
import io.legion.command.asking.TimeConverter;
import io.legion.command.output.Terminal;
import io.legion.recording.HistoryFileException;
import io.legion.recording.Recording;
import io.legion.recording.RecordingOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Records a golden history.
@Command(
        name = "record",
        mixinStandardHelpOptions = true,
        description = "Records events of a type that fold at one node from now on, with the states they lead to, into a"
                + " file for rehearsals of a new release. Rare kinds of events keep their place among many others. The"
                + " node goes on; what comes faster than it can write down is missed, and counted.")
public final class RecordCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final AdminOptions admin = new AdminOptions();

    @Option(names = "--type", required = true, paramLabel = "TYPE", description = "The name of the partition type.")
    private String type = "";

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The directory of the file, such as src/test/histories; its name says what it is.")
    private Path directory = Path.of("");

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many events to keep at most. Default: ${DEFAULT-VALUE}.")
    private int steps;

    @Option(
            names = "--bytes",
            paramLabel = "N",
            defaultValue = "16777216",
            description = "How many bytes they may take. Default: ${DEFAULT-VALUE}.")
    private long bytes;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = RecordingTime.class,
            description = "How long to record. Default: 30s.")
    private @Nullable Duration duration;

    @Option(
            names = "--real-data",
            description = "Record keys, states and events as they are, if the service has no pseudonyms for the type.")
    private boolean realData;

    /// Reads a time.
    static final class RecordingTime extends TimeConverter {
        RecordingTime() {
            super(Duration.ofMillis(100), RecordingOrder.LONGEST, "such as 30s or 5m, up to 10m");
        }
    }

    public RecordCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (admin.json()) {
            throw admin.wrong("\"--json\" says nothing here: the file has all of it. Nothing was done.");
        }
        var order = order();
        try (var client = admin.open()) {
            var told = new Recording[1];
            var file = new HttpRecording(client).saveRecording(order, directory, now -> told[0] = now);
            show(file, told[0]);
            return CommandExit.FINE;
        } catch (HistoryFileException failure) {
            terminal.err().println("legion record: " + failure.getMessage());
            return CommandExit.FAILED;
        }
    }

    private RecordingOrder order() {
        try {
            var usual = RecordingOrder.of(type);
            return new RecordingOrder(type, steps, bytes, duration == null ? usual.duration() : duration, realData);
        } catch (IllegalArgumentException wrong) {
            throw admin.wrong(wrong.getMessage() + ". Nothing was done.");
        }
    }

    private void show(Path file, Recording recorded) {
        terminal.out()
                .println(recorded.steps() + " of " + recorded.events() + " events of the type " + recorded.type()
                        + " are in " + file + (recorded.pseudonymous() ? ", under pseudonyms." : ", as they are."));
        if (recorded.missed() > 0) {
            terminal.err().println(recorded.missed() + " came faster than the node could write them down.");
        }
        if (recorded.leftOut() > 0) {
            terminal.err()
                    .println(recorded.leftOut() + " could not be written down. The first of them: " + recorded.why());
        }
        if (recorded.steps() == 0) {
            terminal.err()
                    .println(
                            "Nothing can be rehearsed with that: record while the service works, at a node that takes part"
                                    + " in the shards of the type.");
        }
    }
}
