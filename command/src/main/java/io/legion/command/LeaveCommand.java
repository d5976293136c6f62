package io.legion.command;

import io.legion.command.ConfirmedAct.Order;
import io.legion.command.client.Target;
import io.legion.command.output.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Lets a node go.
@Command(
        name = "leave",
        mixinStandardHelpOptions = true,
        description =
                "Lets a node hand over its shards and leave the cluster for good. It serves meanwhile; stop it when it has left.")
final class LeaveCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final AdminOptions admin = new AdminOptions();

    @Mixin
    private final ActOptions act = new ActOptions();

    @Parameters(paramLabel = "NODE", description = "The node: the beginning of its id, or its address.")
    private String node = "";

    LeaveCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return new ConfirmedAct(terminal, admin, act).carryOut(ids -> {
            var id = ids.apply(node);
            return new Order(Target.of("nodes", id, "leave"), "");
        });
    }
}
