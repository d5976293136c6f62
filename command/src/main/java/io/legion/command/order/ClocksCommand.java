package io.legion.command.order;

import picocli.CommandLine.Command;

/// Orders about clocks.
@Command(name = "clocks", mixinStandardHelpOptions = true, description = "Orders about clocks: accept.")
public final class ClocksCommand {}
