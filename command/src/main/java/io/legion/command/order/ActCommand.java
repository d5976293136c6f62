package io.legion.command.order;

import io.legion.command.asking.AdminOptions;
import io.legion.command.order.ConfirmedAct.Order;
import io.legion.command.output.Terminal;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Mixin;

/// A command that changes something: an order, with the options that all of them have.
abstract class ActCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final AdminOptions admin = new AdminOptions();

    @Mixin
    private final ActOptions act = new ActOptions();

    ActCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /// What the command line orders.
    ///
    /// @param ids gives the id of the node that a name means
    abstract Order order(UnaryOperator<String> ids);

    @Override
    public final Integer call() {
        return new ConfirmedAct(terminal, admin, act).carryOut(this::order);
    }
}
