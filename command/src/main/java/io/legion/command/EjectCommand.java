package io.legion.command;

import io.legion.command.ConfirmedAct.Order;
import io.legion.command.client.Target;
import io.legion.command.output.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Removes a node that will not come back.
@Command(
        name = "eject",
        mixinStandardHelpOptions = true,
        description =
                "Declares that a node is gone for good. The others take over its shards at once; it cannot come back under its"
                        + " id. For a node that is alive, leave is better.")
final class EjectCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final AdminOptions admin = new AdminOptions();

    @Mixin
    private final ActOptions act = new ActOptions();

    @Parameters(paramLabel = "NODE", description = "The node: the beginning of its id, or its address.")
    private String node = "";

    EjectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return new ConfirmedAct(terminal, admin, act).carryOut(ids -> {
            var id = ids.apply(node);
            return new Order(Target.of("nodes", id, "eject"), "");
        });
    }
}
