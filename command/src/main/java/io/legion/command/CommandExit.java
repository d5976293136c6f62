package io.legion.command;

import io.legion.command.client.AdminException;
import io.legion.command.line.Commands;

/// The exit codes of the commands. docs/commands.md explains them.
final class CommandExit {
    /// Done, and all is well.
    static final int FINE = 0;

    /// The server says that it failed, or said nothing that can be understood.
    static final int FAILED = 1;

    /// The command line is wrong, or names no node of the cluster; nothing was done.
    static final int USAGE = Commands.USAGE;

    /// No server answered.
    static final int UNANSWERED = 3;

    /// The server wants to know who asks, or knows it and refuses.
    static final int REFUSED = 4;

    /// The cluster has problems.
    static final int PROBLEMS = 5;

    /// A person was asked and did not agree; nothing was done.
    static final int DECLINED = 6;

    private CommandExit() {}

    static int of(AdminException failure) {
        return switch (failure.kind()) {
            case FAILED -> FAILED;
            case UNANSWERED -> UNANSWERED;
            case REFUSED -> REFUSED;
        };
    }
}
