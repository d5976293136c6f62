package io.legion.command.order;

import io.legion.command.asking.TimeConverter;
import io.legion.command.client.Target;
import io.legion.command.order.ConfirmedAct.Order;
import io.legion.command.output.Terminal;
import java.time.Duration;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Takes events of clocks that are ahead.
@Command(
        name = "accept",
        mixinStandardHelpOptions = true,
        description =
                "Accepts clocks that are ahead, on all nodes until they stop. Event times are then ahead for good: see"
                        + " docs/operations.md first.")
public final class AcceptCommand extends ActCommand {
    private static final Duration LONGEST = Duration.ofDays(365);

    @Parameters(
            paramLabel = "TIME",
            converter = Ahead.class,
            description = "How far ahead, such as 500ms, 90s, 10m or 2h; 0s takes it back.")
    private Duration ahead = Duration.ZERO;

    /// Reads a time.
    static final class Ahead extends TimeConverter {
        Ahead() {
            super(Duration.ZERO, LONGEST, "such as 500ms, 90s, 10m or 2h, up to 8760h");
        }
    }

    public AcceptCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    Order order(UnaryOperator<String> ids) {
        return new Order(Target.of("clocks"), "{\"acceptAheadMillis\":" + ahead.toMillis() + "}");
    }
}
