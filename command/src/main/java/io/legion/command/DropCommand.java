package io.legion.command;

import io.legion.command.ConfirmedAct.Order;
import io.legion.command.client.Target;
import io.legion.command.output.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Lets go of a copy that is kept aside.
@Command(
        name = "drop",
        mixinStandardHelpOptions = true,
        description =
                "Drops a stopped or an overruled copy that a node keeps aside. The node may then copy the shard anew. Look"
                        + " at what is lost first: ./legion salvage.")
final class DropCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final AdminOptions admin = new AdminOptions();

    @Mixin
    private final ActOptions act = new ActOptions();

    @Parameters(index = "0", paramLabel = "SHARD", description = "The number of the shard.")
    private int shard;

    @Parameters(
            index = "1",
            paramLabel = "NODE",
            description = "The node that keeps the copy: the beginning of its id, or its address.")
    private String node = "";

    DropCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return new ConfirmedAct(terminal, admin, act).carryOut(ids -> {
            var id = ids.apply(node);
            return new Order(Target.of("shards", Integer.toString(shard), "copies", id, "drop"), "");
        });
    }
}
