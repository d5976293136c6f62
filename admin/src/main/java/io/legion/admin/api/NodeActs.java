package io.legion.admin.api;

import io.legion.admin.document.ActDocument;
import io.legion.admin.document.ActDocument.Done;
import io.legion.admin.document.ActDocument.Refused;
import io.legion.admin.document.ClocksOrder;
import io.legion.admin.document.Documents;
import io.legion.admin.document.LoggersOrder;
import io.legion.admin.observation.Observer;
import io.legion.admin.picture.EachNode;
import io.legion.admin.picture.EachNode.Answer;
import io.legion.admin.picture.NodePicture;
import io.legion.http.ApiRequest;
import io.legion.http.HttpException;
import io.legion.operations.Operations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/// Orders that nodes carry out each by itself.
final class NodeActs {
    private static final Duration LONGEST_AHEAD = Duration.ofDays(365);

    /// A logger without a reference forgets its level, and each takes memory.
    private static final int MOST_LOGGERS = 100;

    private static final int LONGEST_NAME = 200;

    private final Observer observer;
    private final EachNode nodes;
    private final Map<String, Logger> loggers = new ConcurrentHashMap<>();

    NodeActs(Observer observer, EachNode nodes) {
        this.observer = observer;
        this.nodes = nodes;
    }

    ActDocument pause(ApiRequest request, boolean dryRun) {
        ActsApi.requireNoBody(request);
        return everywhere(
                dryRun,
                Operations::pauseRebalancing,
                "paused",
                "No shard is copied or moved any more until rebalancing is resumed or a node is started again: a lost copy"
                        + " is not made anew, and a node that leaves waits.");
    }

    ActDocument resume(ApiRequest request, boolean dryRun) {
        ActsApi.requireNoBody(request);
        return everywhere(
                dryRun,
                Operations::resumeRebalancing,
                "resumed",
                "Shards go where placement wishes them, and lost copies are made anew.");
    }

    ActDocument acceptClocks(ApiRequest request, boolean dryRun) {
        var order = Documents.read(request.body(), ClocksOrder.class);
        var millis = order.acceptAheadMillis();
        if (millis == null || millis < 0 || millis > LONGEST_AHEAD.toMillis()) {
            throw HttpException.badRequest("acceptAheadMillis must be 0 to " + LONGEST_AHEAD.toMillis() + " ("
                    + LONGEST_AHEAD.toDays() + " days), not " + millis + "; nothing was changed");
        }
        return everywhere(
                dryRun,
                operations -> operations.acceptClocksAhead(Duration.ofMillis(millis)),
                "accepted",
                "Until it stops, each node takes events of clocks that are up to " + millis
                        + " ms ahead. Event times are then ahead for good, and a request from before such a jump that is"
                        + " tried again may count twice.");
    }

    /// At all members. One that cannot be asked does not keep the others from it.
    private ActDocument everywhere(boolean dryRun, Consumer<Operations> order, String done, String what) {
        var carriedOut = new ArrayList<Done>();
        var refused = new ArrayList<Refused>();
        var members = observer.anew().picture().members().map(NodePicture::node).toList();
        var answers = nodes.ask(members, operations -> {
            if (dryRun) {
                operations.identity(); // whether it can be asked
            } else {
                order.accept(operations);
            }
            return true;
        });
        answers.forEach((node, answer) -> {
            switch (answer) {
                case Answer.Given<Boolean> _ -> carriedOut.add(Done.at(node, done));
                case Answer.Missing<Boolean>(var why) -> refused.add(Refused.at(node, "UNREACHABLE", why));
            }
        });
        return new ActDocument(dryRun, what, carriedOut, refused);
    }

    /// At this node alone, and only of what logs by java.util.logging.
    ActDocument setLevel(ApiRequest request, boolean dryRun) {
        var order = Documents.read(request.body(), LoggersOrder.class);
        var name = order.name();
        if (name == null || name.length() > LONGEST_NAME) {
            throw HttpException.badRequest("name must be the name of a logger, of at most " + LONGEST_NAME
                    + " characters; nothing was changed");
        }
        var level = level(order.level());
        if (!dryRun) {
            logger(name).setLevel(level);
        }
        var self = nodes.operations().identity().node();
        return new ActDocument(
                dryRun,
                "The logger \"" + name + "\" of java.util.logging " + (dryRun ? "would log " : "logs ") + level
                        + " and what matters more, at this node, until its process ends.",
                List.of(Done.at(self, level.getName())),
                List.of());
    }

    private static Level level(@org.jspecify.annotations.Nullable String text) {
        try {
            return Level.parse(String.valueOf(text).toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException none) {
            throw HttpException.badRequest(
                    "level must be SEVERE, WARNING, INFO, CONFIG, FINE, FINER, FINEST, ALL or OFF, not " + text
                            + "; nothing was changed");
        }
    }

    private Logger logger(String name) {
        if (loggers.size() >= MOST_LOGGERS && !loggers.containsKey(name)) {
            throw new HttpException(
                    409,
                    "the levels of " + MOST_LOGGERS
                            + " loggers were set already; set that of one among them, or start the" + " node again");
        }
        return loggers.computeIfAbsent(name, Logger::getLogger);
    }
}
