package io.legion.command;

import io.legion.command.asking.AdminOptions;
import io.legion.command.asking.CommandExit;
import io.legion.command.client.AdminClient;
import io.legion.command.client.AdminReply;
import io.legion.command.client.ReplyPart;
import io.legion.command.output.Paint;
import io.legion.command.output.Terminal;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import picocli.CommandLine.Mixin;

/// A command that asks one thing and shows the answer, with the options that all such have.
abstract class LookCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final AdminOptions admin = new AdminOptions();

    LookCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /// Asks and shows.
    abstract void look(AdminClient client);

    @Override
    public final Integer call() {
        try (var client = admin.open()) {
            look(client);
            return CommandExit.FINE;
        }
    }

    /// Shows an answer: as it is, or as this text.
    final void show(AdminReply reply, BiFunction<ReplyPart, Paint, String> text) {
        if (admin.json()) {
            terminal.json(reply.json());
        } else {
            terminal.out().print(text.apply(reply.root(), admin.paint(terminal)));
        }
    }
}
