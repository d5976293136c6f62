package io.legion.command.output;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Where a command reads and writes.
///
/// @param out what was asked for
/// @param err what went wrong
/// @param in what a person types
/// @param hasPerson whether a person reads `out` and types `in`
/// @param environment the variables of the environment
public record Terminal(
        PrintStream out, PrintStream err, BufferedReader in, boolean hasPerson, Map<String, String> environment) {

    /// Asks a question, to which only this answer counts as consent.
    public boolean agrees(String question, String answer) {
        out.print(question + " ");
        out.flush();
        try {
            return answer.equals(in.readLine());
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /// Writes a document of JSON, which is UTF-8 whatever the terminal shows.
    public void json(String document) {
        out.writeBytes((document + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /// Whether colours are welcome of themselves (<https://no-color.org>).
    public boolean likesColours() {
        return hasPerson
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }
}
