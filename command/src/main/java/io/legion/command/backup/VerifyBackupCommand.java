package io.legion.command.backup;

import io.legion.backup.Backup;
import io.legion.command.asking.CommandExit;
import io.legion.command.output.Terminal;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Proves a backup without a cluster.
@Command(
        name = "verify-backup",
        mixinStandardHelpOptions = true,
        description = "Reads every byte of a backup and compares it with what was written. It needs no cluster.")
public final class VerifyBackupCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "DIR", description = "The directory of the backups.")
    private Path directory = Path.of("");

    @Option(names = "--number", paramLabel = "N", description = "Which backup of the directory. Default: the latest.")
    private @Nullable Integer number;

    public VerifyBackupCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var backup = number == null ? Backup.at(directory) : Backup.at(directory, number);
        var progress = new ProgressLine(terminal, "Check");
        var damages = backup.damages(progress);
        progress.end();
        var title = BackupText.title(backup.summary());
        if (damages.isEmpty()) {
            terminal.out().println(title + " is whole: " + BackupText.content(backup.summary()) + ".");
            terminal.err().print(BackupText.beside(backup.summary()));
            return CommandExit.FINE;
        }
        terminal.err().println(title + " is not whole:");
        damages.forEach(terminal.err()::println);
        return CommandExit.FAILED;
    }
}
