package io.legion.admin.api;

import io.legion.admin.document.ActDocument;
import io.legion.admin.document.ActDocument.Done;
import io.legion.admin.document.ActDocument.Refused;
import io.legion.admin.document.Documents;
import io.legion.admin.observation.Observer;
import io.legion.admin.order.ClocksOrder;
import io.legion.admin.picture.EachNode;
import io.legion.admin.picture.EachNode.Answer;
import io.legion.admin.picture.NodePicture;
import io.legion.http.ApiRequest;
import io.legion.http.HttpException;
import io.legion.operations.Operations;
import io.legion.operations.VersionOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.Consumer;

/// Orders that nodes carry out each by itself.
final class NodeActs {
    private static final Duration LONGEST_AHEAD = Duration.ofDays(365);

    private final Observer observer;
    private final EachNode nodes;

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

    ActDocument holdVersions(ApiRequest request, boolean dryRun) {
        return versions(
                request,
                dryRun,
                VersionOrder.HOLD,
                "holds",
                "No new version of a partition type becomes active until that is released or one is raised. Each node"
                        + " keeps this in its store, and holds also after it is started again.");
    }

    ActDocument releaseVersions(ApiRequest request, boolean dryRun) {
        return versions(
                request,
                dryRun,
                VersionOrder.RELEASE,
                "released",
                "A new version becomes active by itself once all nodes run it. A node that is away now still holds when it"
                        + " comes back, if an operator ordered that; one with the setting release.hold holds again after its next start."
                        + " An active version never becomes an older one again.");
    }

    ActDocument raiseVersions(ApiRequest request, boolean dryRun) {
        return versions(
                request,
                dryRun,
                VersionOrder.RAISE,
                "raises",
                "The versions that the nodes run now become active once all nodes run them, although they are held; those after"
                        + " them are held as before. From then on a release that does not run them is kept out: there is no way back.");
    }

    private ActDocument versions(ApiRequest request, boolean dryRun, VersionOrder order, String done, String what) {
        ActsApi.requireNoBody(request);
        return everywhere(dryRun, operations -> operations.steerVersions(order), done, what);
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
        var members = ActsApi.look(observer).members().map(NodePicture::node).toList();
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
                case Answer.Missing<Boolean> none -> refused.add(ActsApi.without(node, none, dryRun));
            }
        });
        return new ActDocument(dryRun, what, carriedOut, refused);
    }
}
