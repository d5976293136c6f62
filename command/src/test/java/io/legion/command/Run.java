package io.legion.command;

import io.legion.command.output.Terminal;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A command that ran, and what it said.
///
/// @param exit its code
/// @param out what it wrote
/// @param err what it complained of
record Run(int exit, String out, String err) {
    /// In a pipe.
    static Run of(String... arguments) {
        return of(false, "", Map.of(), arguments);
    }

    /// On a terminal, where a person types.
    static Run typed(String typed, String... arguments) {
        return of(true, typed, Map.of("NO_COLOR", "1"), arguments);
    }

    /// With this on its standard input.
    static Run fed(String input, String... arguments) {
        return of(false, input, Map.of(), arguments);
    }

    static Run of(boolean hasPerson, String typed, Map<String, String> environment, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new BufferedReader(new StringReader(typed)),
                hasPerson,
                environment);
        int exit = CommandMain.run(terminal, arguments);
        return new Run(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
