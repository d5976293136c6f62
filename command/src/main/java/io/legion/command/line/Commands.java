package io.legion.command.line;

import java.io.PrintWriter;
import picocli.CommandLine;

/// How command lines are read: a wrong one gets a line or two, with the nearest right flag.
public final class Commands {
    /// The exit code of a command whose command line is wrong.
    public static final int USAGE = 2;

    private Commands() {}

    /// Reads the command line into the command and runs it.
    ///
    /// @return the exit code
    public static int run(Object command, String... arguments) {
        return refusing(new CommandLine(command)).execute(arguments);
    }

    /// The same, which refuses what is wrong in our way, its subcommands too.
    public static CommandLine refusing(CommandLine line) {
        return line.setParameterExceptionHandler(Commands::refuse).setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static int refuse(CommandLine.ParameterException wrong, String[] arguments) {
        var err = wrong.getCommandLine().getErr();
        var name = wrong.getCommandLine().getCommandSpec().qualifiedName();
        err.println(name + ": " + wrong.getMessage());
        suggest(wrong, err);
        err.println("See " + name + " --help.");
        return USAGE;
    }

    private static void suggest(CommandLine.ParameterException wrong, PrintWriter err) {
        if (wrong instanceof CommandLine.UnmatchedArgumentException unmatched) {
            var suggestions = unmatched.getSuggestions();
            if (!suggestions.isEmpty()) {
                err.println("Did you mean " + String.join(" or ", suggestions) + "?");
            }
        }
    }
}
