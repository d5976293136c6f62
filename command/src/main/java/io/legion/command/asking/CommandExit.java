package io.legion.command.asking;

import io.legion.command.client.AdminException;
import io.legion.command.line.Commands;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The exit codes of the commands. docs/commands.md explains them.
public final class CommandExit {
    /// Done, and all is well.
    public static final int FINE = 0;

    /// The server says that it failed, or said nothing that can be understood.
    public static final int FAILED = 1;

    /// The command line is wrong, or names no node of the cluster; nothing was done.
    public static final int USAGE = Commands.USAGE;

    /// No server answered.
    public static final int UNANSWERED = 3;

    /// The server wants to know who asks, or knows it and refuses.
    public static final int REFUSED = 4;

    /// The cluster has problems.
    public static final int PROBLEMS = 5;

    /// A person was asked and did not agree; nothing was done.
    public static final int DECLINED = 6;

    /// What each says, for the help of the commands.
    public static final Map<String, String> MEANINGS = meanings();

    private CommandExit() {}

    private static Map<String, String> meanings() {
        var meanings = new LinkedHashMap<String, String>();
        meanings.put(" " + FINE, "Done. Of status and doctor: all is well.");
        meanings.put(" " + FAILED, "The server failed or refused a part, or its answer cannot be understood.");
        meanings.put(" " + USAGE, "Wrong usage, or no consent (--yes) and no terminal. Nothing was done.");
        meanings.put(" " + UNANSWERED, "No answer, or none in time.");
        meanings.put(" " + REFUSED, "The server refuses whoever asks.");
        meanings.put(
                " " + PROBLEMS,
                "Of status and doctor: there are problems. Of doctor also: an address did not answer, or pictures differ. Of"
                        + " backup: it was taken, and may lack answers.");
        meanings.put(" " + DECLINED, "The answer to the question was not \"yes\". Nothing was done.");
        return Collections.unmodifiableMap(meanings);
    }

    public static int of(AdminException failure) {
        return switch (failure.kind()) {
            case FAILED -> FAILED;
            case UNANSWERED -> UNANSWERED;
            case REFUSED -> REFUSED;
        };
    }
}
