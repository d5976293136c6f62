package io.legion.command.order;

import io.legion.command.asking.AdminOptions;
import io.legion.command.asking.CommandExit;
import io.legion.command.asking.Picture;
import io.legion.command.asking.SmallWords;
import io.legion.command.client.Target;
import io.legion.command.order.ConfirmedAct.Order;
import io.legion.command.output.Terminal;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Lists the versions of partition types, holds them where they are, lets them go, or raises them.
@Command(
        name = "versions",
        mixinStandardHelpOptions = true,
        description =
                "Lists which versions of the partition types are active, who announced what, and what the newest ones wait for."
                        + " Or keeps all nodes from making new versions active (hold), so that the releases before can"
                        + " come back, also while nodes are started again; takes that back (release); or makes the versions"
                        + " active that all nodes run, although they are held (raise). An active version never becomes an"
                        + " older one again.")
public final class VersionsCommand implements Callable<Integer> {
    /// What can be ordered.
    enum Change {
        HOLD,
        RELEASE,
        RAISE
    }

    private final Terminal terminal;

    @Mixin
    private final AdminOptions admin = new AdminOptions();

    @Mixin
    private final ActOptions act = new ActOptions();

    @Parameters(
            arity = "0..1",
            paramLabel = "CHANGE",
            description = "hold, release or raise.",
            completionCandidates = ChangeWords.class)
    private @Nullable Change change;

    /// The words for [Change].
    static final class ChangeWords extends SmallWords {
        ChangeWords() {
            super(List.of(Change.values()));
        }
    }

    public VersionsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Change ordered = change;
        return ordered == null
                ? list()
                : new ConfirmedAct(terminal, admin, act)
                        .carryOut(_ ->
                                Order.of(Target.of("versions", ordered.name().toLowerCase(Locale.ROOT))));
    }

    private int list() {
        if (act.yes() || act.dryRun()) {
            throw admin.wrong("Nothing is ordered, so nothing was done: say hold, release or raise.");
        }
        try (var client = admin.open()) {
            var picture = new Picture(client.get(Target.of("cluster")));
            if (admin.json()) {
                terminal.json(picture.reply().json());
            } else {
                terminal.out().print(VersionsList.text(picture, admin.paint(terminal)));
            }
            return CommandExit.FINE;
        }
    }
}
