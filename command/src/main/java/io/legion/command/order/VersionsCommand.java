package io.legion.command.order;

import io.legion.command.asking.SmallWords;
import io.legion.command.client.Target;
import io.legion.command.order.ConfirmedAct.Order;
import io.legion.command.output.Terminal;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Holds the versions of partition types where they are, lets them go, or raises them.
@Command(
        name = "versions",
        mixinStandardHelpOptions = true,
        description =
                "Keeps all nodes from making new versions of partition types active (hold), so that the releases before can"
                        + " come back, also while nodes are started again; takes that back (release); or makes the versions"
                        + " active that all nodes run, although they are held (raise). An active version never becomes an older one again. status and doctor say"
                        + " which versions are active, and what the next ones wait for.")
public final class VersionsCommand extends ActCommand {
    /// What can be ordered.
    enum Change {
        HOLD,
        RELEASE,
        RAISE
    }

    @Parameters(
            paramLabel = "CHANGE",
            description = "hold, release or raise.",
            completionCandidates = ChangeWords.class)
    private Change change = Change.HOLD;

    /// The words for [Change].
    static final class ChangeWords extends SmallWords {
        ChangeWords() {
            super(List.of(Change.values()));
        }
    }

    public VersionsCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    Order order(UnaryOperator<String> ids) {
        return Order.of(Target.of("versions", change.name().toLowerCase(Locale.ROOT)));
    }
}
