package io.legion.command.backup;

import io.legion.backup.Backup;
import io.legion.backup.BackupSettings;
import io.legion.backup.BackupSummary;
import io.legion.command.asking.AdminOptions;
import io.legion.command.asking.CommandExit;
import io.legion.command.asking.TimeConverter;
import io.legion.command.output.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Takes a backup of a running cluster.
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description =
                "Takes a backup of a running cluster into a directory of this machine: all that was answered before. If it may"
                        + " lack answers, it says which, and exits with 5."
                        + " Parts that have not changed since the last backup there are not copied again.")
public final class BackupCommand implements Callable<Integer> {
    private static final Duration WAY = Duration.ofSeconds(30);

    private final Terminal terminal;

    @Mixin
    private final AdminOptions admin = new AdminOptions();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DIR",
            description = "The directory of the backups of this cluster.")
    private Path directory = Path.of("");

    @Option(
            names = "--patience",
            paramLabel = "TIME",
            converter = Patience.class,
            description =
                    "How long shards may take until what was answered before has its place in history. Default: 90s.")
    private @Nullable Duration patience;

    @Option(names = "--full", description = "Copy everything, and use nothing of earlier backups.")
    private boolean full;

    @Option(
            names = "--keep",
            paramLabel = "N",
            defaultValue = "7",
            description = "How many backups stay in the directory; older ones are deleted. Default: ${DEFAULT-VALUE}.")
    private int keep;

    /// Reads a time.
    static final class Patience extends TimeConverter {
        Patience() {
            super(Duration.ofMillis(100), Duration.ofMinutes(10), "such as 30s or 5m, up to 10m");
        }
    }

    public BackupCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var settings = settings();
        var progress = new ProgressLine(terminal, "Backup");
        try (var client = admin.openPatient(settings.patience().plus(WAY))) {
            var taken = Backup.take(new HttpSource(client), directory, settings, progress);
            progress.end();
            show(taken);
            return taken.isComplete() ? CommandExit.FINE : CommandExit.PROBLEMS;
        } finally {
            progress.end();
        }
    }

    private BackupSettings settings() {
        try {
            return new BackupSettings(patience == null ? BackupSettings.USUAL.patience() : patience, full, keep);
        } catch (IllegalArgumentException wrong) {
            throw admin.wrong(String.valueOf(wrong.getMessage()));
        }
    }

    private void show(BackupSummary taken) {
        if (admin.json()) {
            terminal.json(BackupText.json(taken));
        } else {
            terminal.out().print(BackupText.taken(taken));
            terminal.err().print(BackupText.beside(taken));
        }
    }
}
