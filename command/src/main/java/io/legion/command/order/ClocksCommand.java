package io.legion.command.order;

import picocli.CommandLine.Command;

/// Orders about clocks.
@Command(
        name = "clocks",
        mixinStandardHelpOptions = true,
        description = "Accepts clocks that are ahead, at all nodes: clocks accept TIME.")
public final class ClocksCommand {}
