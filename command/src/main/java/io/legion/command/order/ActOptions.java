package io.legion.command.order;

import picocli.CommandLine.Option;

/// Whether a command acts, and whether it asks before: the options of the commands that change something.
final class ActOptions {
    @Option(names = "--dry-run", description = "Only say what would happen and what it would cost.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Act without asking, as in a script.")
    private boolean yes;

    boolean dryRun() {
        return dryRun;
    }

    boolean yes() {
        return yes;
    }
}
