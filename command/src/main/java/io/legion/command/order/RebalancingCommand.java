package io.legion.command.order;

import io.legion.command.asking.SmallWords;
import io.legion.command.client.Target;
import io.legion.command.order.ConfirmedAct.Order;
import io.legion.command.output.Terminal;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Keeps shards where they are, or lets them move again.
@Command(
        name = "rebalancing",
        mixinStandardHelpOptions = true,
        description =
                "Keeps all shards where they are, on all nodes (pause), as for a maintenance of the network; or takes that back"
                        + " (resume). While it is paused, no lost copy is made anew, and a node that leaves waits.")
public final class RebalancingCommand extends ActCommand {
    /// What can be ordered.
    enum Change {
        PAUSE,
        RESUME
    }

    @Parameters(paramLabel = "CHANGE", description = "pause or resume.", completionCandidates = ChangeWords.class)
    private Change change = Change.PAUSE;

    /// The words for [Change].
    static final class ChangeWords extends SmallWords {
        ChangeWords() {
            super(List.of(Change.values()));
        }
    }

    public RebalancingCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    Order order(UnaryOperator<String> ids) {
        return Order.of(Target.of("rebalancing", change.name().toLowerCase(Locale.ROOT)));
    }
}
