package io.legion.command.order;

import io.legion.command.asking.SmallWords;
import io.legion.command.client.Target;
import io.legion.command.order.ConfirmedAct.Order;
import io.legion.command.output.Terminal;
import io.legion.service.Logger.Priority;
import java.util.List;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Sets how much a node logs.
@Command(
        name = "loggers",
        mixinStandardHelpOptions = true,
        description =
                "Sets the threshold of a node's log: that of the node whose admin service is asked, until its process ends. Its"
                        + " configuration stays as it is.")
public final class LoggersCommand extends ActCommand {
    @Parameters(
            paramLabel = "LEVEL",
            description = "The lowest priority that is kept: debug, info, warning or error.",
            completionCandidates = LevelWords.class)
    private Priority level = Priority.INFO;

    /// The words for a priority.
    static final class LevelWords extends SmallWords {
        LevelWords() {
            super(List.of(Priority.values()));
        }
    }

    public LoggersCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    Order order(UnaryOperator<String> ids) {
        return new Order(Target.of("loggers"), "{\"threshold\":\"" + level + "\"}");
    }
}
