package io.legion.admin.api;

import io.legion.admin.document.ActDocument;
import io.legion.admin.document.ActDocument.Done;
import io.legion.admin.observation.Observer;
import io.legion.admin.picture.EachNode;
import io.legion.admin.picture.NodePicture;
import io.legion.http.ApiRequest;
import io.legion.http.HttpException;
import io.legion.operations.Operations;
import io.legion.operations.OverruledCopy;
import io.legion.operations.StoppedShard;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Orders about copies that stand aside.
final class CopyActs {
    private final Observer observer;
    private final EachNode nodes;

    CopyActs(Observer observer, EachNode nodes) {
        this.observer = observer;
        this.nodes = nodes;
    }

    /// Lets a copy go: one that was overruled, or one that has stopped.
    ActDocument drop(ApiRequest request, boolean dryRun) {
        ActsApi.requireNoBody(request);
        var picture = ActsApi.look(observer);
        int shard = Parameters.shard(request, picture).shard();
        var node = Parameters.node(request, picture);
        var at = nodes.at(node.node());
        var overruled = ActsApi.beforehand(() -> overruled(at, shard));
        if (overruled.isPresent()) {
            return dropOverruled(node, at, overruled.get(), dryRun);
        }
        var stopped = ActsApi.beforehand(() -> stopped(at, node, shard, StoppedShard::kept));
        if (stopped.isPresent()) {
            return dropStopped(node, at, stopped.get(), dryRun);
        }
        if (ActsApi.beforehand(() -> stopped(at, node, shard, copy -> copy.kind() == StoppedShard.Kind.RELEASE))
                .isPresent()) {
            throw new HttpException(
                    409,
                    "nothing is wrong with the copy of shard " + shard + " on " + node.name()
                            + ": the release of the service there does not run a version of a partition type that the copy"
                            + " needs. Start a release there that does, which goes on with the copy; nothing was changed");
        }
        throw new HttpException(
                409,
                "the node " + node.name() + " keeps no stopped and no overruled copy of shard " + shard
                        + ": /divergent lists those that there are; nothing was changed");
    }

    private static Optional<OverruledCopy> overruled(Operations at, int shard) {
        return at.overruledCopies().stream()
                .filter(copy -> copy.shard() == shard)
                .findFirst();
    }

    private static Optional<StoppedShard> stopped(
            Operations at, NodePicture node, int shard, Predicate<StoppedShard> wanted) {
        return at.stoppedShards().stream()
                .filter(copy -> copy.node().equals(node.node()) && copy.shard() == shard)
                .filter(wanted)
                .findFirst();
    }

    private static ActDocument dropOverruled(NodePicture node, Operations at, OverruledCopy copy, boolean dryRun) {
        requireComplete(node, copy);
        if (!dryRun && !at.dropOverruledCopy(copy.shard())) {
            throw notDropped(node, copy.shard());
        }
        var what = "The overruled copy of shard " + copy.shard() + " on " + node.name() + (dryRun ? " would be" : " is")
                + " dropped, with its list of " + copy.lost().size() + " events that are in no history"
                + (copy.more() == 0 ? "" : ", and " + copy.more() + " more that it never listed")
                + ". The node may then take part in the shard again.";
        return dropped(node, copy.shard(), dryRun, what);
    }

    /// What is not listed yet would go with the copy, and nobody would have heard of it.
    private static void requireComplete(NodePicture node, OverruledCopy copy) {
        if (!copy.complete()) {
            throw new HttpException(
                    409,
                    "the node " + node.name() + " does not know yet which events of its overruled copy of shard "
                            + copy.shard()
                            + " are lost: it asks those that go on with the shard. Wait until they can be"
                            + " reached and /divergent says that the list is complete; nothing was changed");
        }
    }

    private static ActDocument dropStopped(NodePicture node, Operations at, StoppedShard copy, boolean dryRun) {
        if (!dryRun && !at.dropStoppedCopy(copy.shard())) {
            throw notDropped(node, copy.shard());
        }
        var what = "The stopped copy of shard " + copy.shard() + " on " + node.name() + (dryRun ? " would be" : " is")
                + " dropped once the others go on without it; the node may then copy the shard anew. It submits again"
                + " what only this copy had accepted, as far as that can be read.";
        return dropped(node, copy.shard(), dryRun, what);
    }

    private static ActDocument dropped(NodePicture node, int shard, boolean dryRun, String what) {
        return new ActDocument(dryRun, what, List.of(new Done(node.node().toString(), shard, "dropped")), List.of());
    }

    private static HttpException notDropped(NodePicture node, int shard) {
        return new HttpException(
                409,
                "the node " + node.name() + " did not drop its copy of shard " + shard
                        + ": it is not there any more, or the store failed; its log says which");
    }
}
