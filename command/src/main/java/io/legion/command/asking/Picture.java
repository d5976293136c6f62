package io.legion.command.asking;

import io.legion.command.client.AdminReply;
import io.legion.command.client.ReplyPart;
import io.legion.command.output.NodeNames;
import io.legion.command.output.Paint;
import io.legion.command.output.ProblemLines;
import io.legion.command.output.Words;
import java.time.Instant;
import java.util.List;

/// What an admin service says of its cluster.
///
/// @param reply its answer to `/cluster`
public record Picture(AdminReply reply) {
    /// Fails at once if the answer is none, and not where a command has shown half of it.
    ///
    /// @throws io.legion.command.client.AdminException if it lacks what every picture has
    public Picture {
        reply.root().parts("nodes");
        reply.root().parts("problems");
    }

    public ReplyPart root() {
        return reply.root();
    }

    public String cluster() {
        return root().part("cluster").map(cluster -> cluster.text("name")).orElse("");
    }

    public NodeNames names() {
        return NodeNames.of(root());
    }

    /// The node that answered.
    public String self() {
        return root().text("self");
    }

    /// When it was taken, by the clock of the node that took it.
    public Instant at() {
        return root().time("at").orElseGet(Instant::now);
    }

    /// The worse ones first.
    public List<ReplyPart> problems() {
        return ProblemLines.sorted(root().parts("problems"));
    }

    public ProblemLines problemLines(Paint paint) {
        return new ProblemLines(names(), at(), paint);
    }

    /// What is true of a node, in a word or two.
    public static String state(ReplyPart node) {
        var status = node.text("status");
        if (status.equals("GONE")) {
            return "gone";
        }
        if (!node.isTrue("reachable")) {
            return "unreachable";
        }
        return node.isTrue("known") ? Words.of(status) : "not known";
    }
}
