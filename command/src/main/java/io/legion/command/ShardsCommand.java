package io.legion.command;

import io.legion.command.asking.AdminOptions;
import io.legion.command.asking.CommandExit;
import io.legion.command.client.AdminClient;
import io.legion.command.client.ReplyPart;
import io.legion.command.client.Target;
import io.legion.command.output.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The shards, or one of them.
@Command(
        name = "shards",
        mixinStandardHelpOptions = true,
        description =
                "Says which shards do not serve, why, and what to do; then lists shards. Or shows all that is known of"
                        + " one.")
final class ShardsCommand implements Callable<Integer> {
    private static final int LARGEST_PAGE = 1_000;

    /// More shards than any cluster has: a server that goes on and on does not hold us.
    private static final int MOST_PAGES = 1_000;

    /// What a shard can be, as the servers write it.
    enum State {
        SERVING,
        WAITING,
        FROZEN,
        COPYING,
        NO_MAJORITY,
        DIVERGENT,
        STOPPED,
        NOT_KNOWN
    }

    private final Terminal terminal;

    @Mixin
    private final AdminOptions admin = new AdminOptions();

    @Parameters(arity = "0..1", paramLabel = "SHARD", description = "The number of a shard.")
    private @Nullable Integer shard;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only shards in this state: ${COMPLETION-CANDIDATES}.")
    private @Nullable State state;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "List at most so many, 1 to 1000. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--after", paramLabel = "SHARD", description = "Begin after the shard with this number.")
    private @Nullable Integer after;

    ShardsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw admin.wrong("--limit must be 1 to " + LARGEST_PAGE + ", not " + limit + ".");
        }
        try (var client = admin.open()) {
            if (shard != null) {
                one(client, shard);
            } else if (admin.json()) {
                terminal.json(client.get(page(after, limit)).json());
            } else {
                list(client);
            }
            return CommandExit.FINE;
        }
    }

    private Target page(@Nullable Integer after, int size) {
        var target = Target.of("shards").with("limit", size);
        target = state == null ? target : target.with("state", state);
        return after == null ? target : target.with("after", after);
    }

    private void one(AdminClient client, int number) {
        var reply = client.get(Target.of("shards", Integer.toString(number)));
        if (admin.json()) {
            terminal.json(reply.json());
        } else {
            terminal.out().print(new ShardText(List.of(reply.root()), admin.paint(terminal)).whole(reply.root()));
        }
    }

    private void list(AdminClient client) {
        var shards = all(client);
        var text = new ShardText(shards, admin.paint(terminal));
        terminal.out().print(text.troubles());
        terminal.out().print(text.table(limit));
    }

    private List<ReplyPart> all(AdminClient client) {
        var shards = new ArrayList<ReplyPart>();
        var from = after;
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            var page = client.get(page(from, LARGEST_PAGE)).root();
            shards.addAll(page.parts("shards"));
            if (!page.has("next")) {
                break;
            }
            from = Math.toIntExact(page.count("next"));
        }
        return shards;
    }
}
