package io.legion.command.order;

import io.legion.command.client.Target;
import io.legion.command.order.ConfirmedAct.Order;
import io.legion.command.output.Terminal;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Goes on without a majority.
@Command(
        name = "force",
        mixinStandardHelpOptions = true,
        description =
                "Declares that these nodes are lost for ever. Shards that have no majority without them go on with"
                        + " what is left. What only the lost nodes held is gone then, DURABLE or not: see docs/operations.md first.")
public final class ForceCommand extends ActCommand {
    @Parameters(
            arity = "1..*",
            paramLabel = "NODE",
            description = "All lost nodes: the beginnings of their ids, or their addresses.")
    private List<String> nodes = List.of();

    public ForceCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    Order order(UnaryOperator<String> ids) {
        var lost = nodes.stream()
                .map(node -> "\"" + ids.apply(node) + "\"")
                .distinct()
                .collect(Collectors.joining(","));
        return new Order(Target.of("force"), "{\"lost\":[" + lost + "]}");
    }
}
