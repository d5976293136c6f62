package io.legion.command.file;

import io.legion.command.client.AdminClient;
import io.legion.command.client.AdminException;
import io.legion.command.client.ReplyPart;
import io.legion.command.client.Target;
import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.operations.UnreachableException;
import io.legion.recording.RecordedPiece;
import io.legion.recording.Recording;
import io.legion.recording.RecordingOrder;
import io.legion.recording.RecordingSource;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/// A node, asked through its admin service: the first of several that answers.
final class HttpRecording implements RecordingSource {
    private final AdminClient client;
    private @Nullable URI server;

    HttpRecording(AdminClient client) {
        this.client = client;
    }

    @Override
    public Recording record(RecordingOrder order) {
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("type", order.type())
                .put("steps", order.steps())
                .put("bytes", order.bytes())
                .put("millis", order.duration().toMillis())
                .put("realData", order.realData())
                .toString();
        var silent = new ArrayList<AdminException>();
        for (URI one : client.servers()) {
            try {
                var begun =
                        recording(client.act(one, Target.of("recordings"), body).root());
                server = one;
                return begun;
            } catch (AdminException failure) {
                if (failure.kind() != AdminException.Kind.UNANSWERED) {
                    throw failure;
                }
                silent.add(failure);
            }
        }
        throw silent.getLast();
    }

    @Override
    public RecordedPiece recorded(long number, int offset) {
        if (server == null) {
            throw new IllegalStateException("no recording was begun");
        }
        var reply = client.get(
                        server, Target.of("recordings", Long.toString(number)).with("offset", offset))
                .root();
        return new RecordedPiece(recording(reply), content(reply));
    }

    private static Recording recording(ReplyPart reply) {
        return new Recording(
                reply.count("recording"),
                NodeId.parse(reply.text("node")),
                reply.text("type"),
                reply.isTrue("over"),
                reply.isTrue("pseudonymous"),
                reply.count("events"),
                (int) reply.count("steps"),
                reply.count("missed"),
                reply.count("leftOut"),
                reply.text("why"),
                (int) reply.count("fileBytes"));
    }

    private static Bytes content(ReplyPart reply) {
        try {
            return Bytes.wrap(
                    Base64.getDecoder().decode(reply.node().path("content").asString("")));
        } catch (IllegalArgumentException malformed) {
            throw new UnreachableException("The answer of " + reply.source() + " has no base 64 in \"content\".");
        }
    }
}
