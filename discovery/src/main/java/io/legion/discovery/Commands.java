package io.legion.discovery;

import java.io.PrintWriter;
import picocli.CommandLine;

/// How command lines are read: a wrong one gets a line or two, with the nearest right flag.
final class Commands {
    private Commands() {}

    /// Reads the command line into the command and runs it.
    ///
    /// @return the exit code
    static int run(Object command, String... arguments) {
        return new CommandLine(command)
                .setParameterExceptionHandler(Commands::refuse)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments);
    }

    private static int refuse(CommandLine.ParameterException wrong, String[] arguments) {
        var err = wrong.getCommandLine().getErr();
        var name = wrong.getCommandLine().getCommandName();
        err.println(name + ": " + wrong.getMessage());
        suggest(wrong, err);
        err.println("See " + name + " --help.");
        return ExitCode.USAGE;
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
