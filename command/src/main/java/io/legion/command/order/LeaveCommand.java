package io.legion.command.order;

import io.legion.command.client.Target;
import io.legion.command.order.ConfirmedAct.Order;
import io.legion.command.output.Terminal;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Lets a node go.
@Command(
        name = "leave",
        mixinStandardHelpOptions = true,
        description =
                "Lets a node hand over its shards and leave the cluster for good. It serves meanwhile; stop it when it has left.")
public final class LeaveCommand extends ActCommand {
    @Parameters(paramLabel = "NODE", description = "The node: the beginning of its id, or its address.")
    private String node = "";

    public LeaveCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    Order order(UnaryOperator<String> ids) {
        return Order.of(Target.of("nodes", ids.apply(node), "leave"));
    }
}
