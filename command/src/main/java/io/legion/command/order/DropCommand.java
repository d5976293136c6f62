package io.legion.command.order;

import io.legion.command.client.Target;
import io.legion.command.order.ConfirmedAct.Order;
import io.legion.command.output.Terminal;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Lets go of a copy that is kept aside.
@Command(
        name = "drop",
        mixinStandardHelpOptions = true,
        description =
                "Drops a stopped or an overruled copy that a node keeps aside. The node may then copy the shard anew. Look"
                        + " at what is lost first: ./legion salvage.")
public final class DropCommand extends ActCommand {
    @Parameters(index = "0", paramLabel = "SHARD", description = "The number of the shard.")
    private int shard;

    @Parameters(
            index = "1",
            paramLabel = "NODE",
            description = "The node that keeps the copy: the beginning of its id, or its address.")
    private String node = "";

    public DropCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    Order order(UnaryOperator<String> ids) {
        return Order.of(Target.of("shards", Integer.toString(shard), "copies", ids.apply(node), "drop"));
    }
}
