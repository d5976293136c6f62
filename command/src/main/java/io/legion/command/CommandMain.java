package io.legion.command;

import io.legion.backup.BackupException;
import io.legion.command.asking.CommandExit;
import io.legion.command.backup.BackupCommand;
import io.legion.command.backup.VerifyBackupCommand;
import io.legion.command.client.AdminException;
import io.legion.command.file.ExportCommand;
import io.legion.command.file.ImportCommand;
import io.legion.command.file.RecordCommand;
import io.legion.command.line.Commands;
import io.legion.command.order.AcceptCommand;
import io.legion.command.order.ClocksCommand;
import io.legion.command.order.DropCommand;
import io.legion.command.order.EjectCommand;
import io.legion.command.order.ForceCommand;
import io.legion.command.order.LeaveCommand;
import io.legion.command.order.LoggersCommand;
import io.legion.command.order.RebalancingCommand;
import io.legion.command.order.VersionsCommand;
import io.legion.command.output.Terminal;
import io.legion.operations.UnreachableException;
import io.legion.service.Printable;
import java.io.BufferedReader;
import java.io.Console;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/// The program behind the operating commands of `./legion`.
@Command(
        name = "legion",
        mixinStandardHelpOptions = true,
        description = "Looks at a cluster and acts on it, through the admin service of one of its nodes.")
public final class CommandMain {
    private CommandMain() {}

    /// Runs one command.
    public static void main(String[] arguments) {
        var terminal = new Terminal(
                System.out,
                System.err,
                new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())),
                Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .isPresent(),
                System.getenv());
        System.exit(run(terminal, arguments));
    }

    static int run(Terminal terminal, String... arguments) {
        return of(terminal).execute(arguments);
    }

    /// What reads the command lines of all commands.
    static CommandLine of(Terminal terminal) {
        var line = new CommandLine(new CommandMain())
                .addSubcommand(new StatusCommand(terminal))
                .addSubcommand(new NodesCommand(terminal))
                .addSubcommand(new ShardsCommand(terminal))
                .addSubcommand(new PartitionCommand(terminal))
                .addSubcommand(new SearchCommand(terminal))
                .addSubcommand(new EjectCommand(terminal))
                .addSubcommand(new LeaveCommand(terminal))
                .addSubcommand(new ForceCommand(terminal))
                .addSubcommand(new RebalancingCommand(terminal))
                .addSubcommand(new VersionsCommand(terminal))
                .addSubcommand(new CommandLine(new ClocksCommand()).addSubcommand(new AcceptCommand(terminal)))
                .addSubcommand(new LoggersCommand(terminal))
                .addSubcommand(new CommandLine(new SalvageCommand(terminal)).addSubcommand(new DropCommand(terminal)))
                .addSubcommand(new BackupCommand(terminal))
                .addSubcommand(new VerifyBackupCommand(terminal))
                .addSubcommand(new DoctorCommand(terminal))
                .addSubcommand(new ExportCommand(terminal))
                .addSubcommand(new ImportCommand(terminal))
                .addSubcommand(new RecordCommand(terminal))
                .addSubcommand(new CompletionCommand(terminal));
        line.getSubcommands().values().forEach(CommandMain::help);
        return Commands.refusing(line)
                .setExecutionStrategy(CommandMain::execute)
                .setExecutionExceptionHandler((failure, command, _) -> fail(terminal, failure, command))
                .setOut(writer(terminal.out()))
                .setErr(writer(terminal.err()))
                .setColorScheme(Help.defaultColorScheme(terminal.likesColours() ? Help.Ansi.ON : Help.Ansi.OFF));
    }

    /// Runs the last command of the line.
    private static int execute(ParseResult line) {
        for (var above = line; above.hasSubcommand(); above = above.subcommand()) {
            refuseOptions(above);
        }
        return new RunLast().execute(line);
    }

    /// An option of a command says nothing to one below it: whoever wrote it there means something else than would
    /// happen.
    private static void refuseOptions(ParseResult above) {
        for (var option : above.matchedOptions()) {
            if (!option.usageHelp() && !option.versionHelp()) {
                var below = above.subcommand().commandSpec().name();
                throw new ParameterException(
                        above.commandSpec().commandLine(),
                        "\"" + option.longestName() + "\" stands before \"" + below
                                + "\", where it says nothing, so nothing was done: write it behind.");
            }
        }
    }

    /// How the help of a command and of those below it looks.
    private static void help(CommandLine command) {
        command.getCommandSpec()
                .usageMessage()
                .abbreviateSynopsis(true)
                .exitCodeListHeading("Exit codes:%n")
                .exitCodeList(CommandExit.MEANINGS);
        command.getSubcommands().values().forEach(CommandMain::help);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, stream.charset());
    }

    private static int fail(Terminal terminal, Exception failure, CommandLine command) {
        var name = command.getCommandSpec().qualifiedName();
        if (failure instanceof AdminException expected) {
            terminal.err().println(name + ": " + expected.getMessage());
            return CommandExit.of(expected);
        }
        if (failure instanceof BackupException || failure instanceof UnreachableException) {
            terminal.err().println(name + ": " + Printable.text(String.valueOf(failure.getMessage())));
            return CommandExit.FAILED;
        }
        terminal.err().println(name + ": this is a fault of the command: " + failure);
        return CommandExit.FAILED;
    }
}
