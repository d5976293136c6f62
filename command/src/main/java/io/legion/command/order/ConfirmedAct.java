package io.legion.command.order;

import io.legion.command.asking.AdminOptions;
import io.legion.command.asking.CommandExit;
import io.legion.command.asking.Picture;
import io.legion.command.client.AdminClient;
import io.legion.command.client.AdminException;
import io.legion.command.client.AdminException.Kind;
import io.legion.command.client.AdminReply;
import io.legion.command.client.ReplyPart;
import io.legion.command.client.Target;
import io.legion.command.output.NodeNames;
import io.legion.command.output.Paint;
import io.legion.command.output.Paint.Tone;
import io.legion.command.output.Terminal;
import io.legion.command.output.Words;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Changes something: first asks the server what would happen, then the person, and only then acts.
///
/// @param terminal where the person is
/// @param admin whom to ask
/// @param act whether to act
record ConfirmedAct(Terminal terminal, AdminOptions admin, ActOptions act) {
    private static final int MOST_LINES = 20;

    /// What is to be done, by which request.
    ///
    /// @param target its path
    /// @param body its body, in JSON
    record Order(Target target, String body) {
        /// One without a body.
        static Order of(Target target) {
            return new Order(target, "");
        }
    }

    /// The order for what the command line says, which may name nodes.
    interface Ordering {
        /// The order.
        ///
        /// @param ids gives the id of the node that a name means
        Order by(UnaryOperator<String> ids);
    }

    /// Carries out the order, if the person agrees.
    ///
    /// @return the exit code
    int carryOut(Ordering ordering) {
        requireConsent();
        try (var client = admin.open()) {
            var picture = new Picture(client.get(Target.of("cluster")));
            var order = ordering.by(name -> node(picture.names(), name));
            // From here on the same server, so that what it does is what it announced, unless the cluster has
            // changed since: it judges the order anew.
            var server = picture.reply().server();
            var announced = client.act(server, order.target().with("dryRun", true), order.body());
            show(announced, act.dryRun());
            if (act.dryRun() || hasNothingToDo(announced)) {
                return exit(announced);
            }
            if (!act.yes() && !terminal.agrees("Do this? Only \"yes\" does it:", "yes")) {
                terminal.out().println("Nothing was done.");
                return CommandExit.DECLINED;
            }
            var done = done(client, server, order);
            show(done, true);
            return exit(done);
        }
    }

    /// Nobody can be asked without a terminal, and an answer in JSON has no place for a question.
    private void requireConsent() {
        if (act.yes() || act.dryRun()) {
            return;
        }
        if (admin.json()) {
            throw admin.wrong("--json asks no question, so nothing was done: give --yes to act, or --dry-run.");
        }
        if (!terminal.hasPerson()) {
            throw admin.wrong(
                    "There is no terminal on which to ask, so nothing was done: give --yes to act, or" + " --dry-run.");
        }
    }

    /// The node that a name means. With consent given before, nobody sees whom it means until the act is done: then a
    /// short name is too little.
    private String node(NodeNames names, String name) {
        var id = admin.node(names, name);
        if (act.yes() && !names.isDistinct(name)) {
            throw admin.wrong("\"" + name + "\" is too short to act without a question, so nothing was done: write \""
                    + names.brief(id) + "\", more of the id, or the address.");
        }
        return id;
    }

    private static AdminReply done(AdminClient client, URI server, Order order) {
        try {
            return client.act(server, order.target(), order.body());
        } catch (AdminException failure) {
            if (failure.kind() != Kind.UNANSWERED) {
                throw failure;
            }
            throw new AdminException(
                    Kind.FAILED,
                    failure.what() + " What was ordered may have been done, or not.",
                    "Look with ./legion status before you order it again.");
        }
    }

    private static boolean hasNothingToDo(AdminReply announced) {
        return announced.root().parts("done").isEmpty()
                && !announced.root().parts("refused").isEmpty();
    }

    private static int exit(AdminReply reply) {
        return reply.root().parts("refused").isEmpty() ? CommandExit.FINE : CommandExit.FAILED;
    }

    /// JSON is one document: that of the last answer.
    private void show(AdminReply reply, boolean last) {
        if (!admin.json()) {
            terminal.out().print(text(reply.root(), admin.paint(terminal)));
        } else if (last || hasNothingToDo(reply)) {
            terminal.json(reply.json());
        }
    }

    private static String text(ReplyPart reply, Paint paint) {
        var text = new StringBuilder();
        var head = reply.isTrue("dryRun") ? "would: " : "done:  ";
        text.append(Words.below(head, reply.text("what")));
        text.append(lines(reply.parts("done"), "what"));
        var refused = reply.parts("refused");
        if (!refused.isEmpty()) {
            text.append(paint.of(Tone.WARNING, "refused:")).append('\n');
            text.append(lines(refused, "reason"));
        }
        if (reply.has("note")) {
            text.append(Words.below("note:  ", reply.text("note")));
        }
        return text.toString();
    }

    /// One line for what a node says of several shards alike.
    ///
    /// @param alike the field that says whether it does
    private static String lines(List<ReplyPart> parts, String alike) {
        var together = parts.stream()
                .collect(Collectors.groupingBy(
                        part -> List.of(part.text("node"), part.text(alike)), LinkedHashMap::new, Collectors.toList()));
        var text = new StringBuilder();
        together.values().stream().limit(MOST_LINES).forEach(group -> text.append(line(group)));
        if (together.size() > MOST_LINES) {
            text.append("  and ").append(together.size() - MOST_LINES).append(" more lines: --json shows all\n");
        }
        return text.toString();
    }

    private static String line(List<ReplyPart> group) {
        var first = group.getFirst();
        var shards = group.stream()
                .filter(part -> part.has("shard"))
                .map(part -> part.text("shard"))
                .toList();
        var where = shards.isEmpty() ? "" : (shards.size() == 1 ? ", shard " : ", shards ") + Words.some(shards, 10);
        var why = first.has("reason") ? " (" + Words.of(first.text("reason")) + ")" : "";
        return Words.below("  ", first.text("node") + where + why + ": " + first.text("what"));
    }
}
