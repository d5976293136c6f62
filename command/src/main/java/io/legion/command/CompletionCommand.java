package io.legion.command;

import io.legion.command.asking.CommandExit;
import io.legion.command.asking.SmallWords;
import io.legion.command.output.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// What makes a shell complete command lines of `./legion`.
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a script with which the shell completes the commands and options of ./legion:",
            "  source <(./legion completion bash)",
            "zsh reads the same script with its bashcompinit, which the script loads there."
        })
final class CompletionCommand implements Callable<Integer> {
    /// The shells for which there is one.
    enum Shell {
        BASH,
        ZSH
    }

    private final Terminal terminal;

    /// The script is the same: it looks by which shell it is read.
    @Parameters(paramLabel = "SHELL", description = "bash or zsh.", completionCandidates = ShellWords.class)
    @SuppressWarnings("UnusedVariable")
    private Shell shell = Shell.BASH;

    /// The words for [Shell].
    static final class ShellWords extends SmallWords {
        ShellWords() {
            super(List.of(Shell.values()));
        }
    }

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var line = CommandMain.of(terminal);
        ScriptHelp.read(terminal.in()).forEach(line::addSubcommand);
        terminal.out().print(AutoComplete.bash("legion", line));
        return CommandExit.FINE;
    }
}
