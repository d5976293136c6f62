package io.legion.command.order;

import io.legion.command.client.Target;
import io.legion.command.order.ConfirmedAct.Order;
import io.legion.command.output.Terminal;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Removes a node that will not come back.
@Command(
        name = "eject",
        mixinStandardHelpOptions = true,
        description =
                "Declares that a node is gone for good. The others take over its shards at once; it cannot come back under its"
                        + " id. For a node that is alive, leave is better.")
public final class EjectCommand extends ActCommand {
    @Parameters(paramLabel = "NODE", description = "The node: the beginning of its id, or its address.")
    private String node = "";

    public EjectCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    Order order(UnaryOperator<String> ids) {
        return Order.of(Target.of("nodes", ids.apply(node), "eject"));
    }
}
