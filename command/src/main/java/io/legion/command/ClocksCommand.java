package io.legion.command;

import picocli.CommandLine.Command;

/// Orders about clocks.
@Command(name = "clocks", mixinStandardHelpOptions = true, description = "Orders about clocks: accept.")
final class ClocksCommand {}
