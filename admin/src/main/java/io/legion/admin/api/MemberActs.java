package io.legion.admin.api;

import io.legion.admin.document.ActDocument;
import io.legion.admin.document.ActDocument.Done;
import io.legion.admin.document.ActDocument.Refused;
import io.legion.admin.document.Documents;
import io.legion.admin.observation.Observer;
import io.legion.admin.order.ForceOrder;
import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.EachNode;
import io.legion.admin.picture.EachNode.Answer;
import io.legion.admin.picture.NodePicture;
import io.legion.admin.picture.ShardPicture;
import io.legion.admin.picture.ShardReach;
import io.legion.core.NodeId;
import io.legion.http.ApiRequest;
import io.legion.http.HttpException;
import io.legion.operations.ForcedChange;
import io.legion.operations.MemberReport.Status;
import io.legion.operations.ShardReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Orders about members: who goes, and who is lost.
final class MemberActs {
    /// A cluster has thousands of shards, and one reason for all of them.
    private static final int MOST_LISTED = 1_000;

    private final Observer observer;
    private final EachNode nodes;

    MemberActs(Observer observer, EachNode nodes) {
        this.observer = observer;
        this.nodes = nodes;
    }

    ActDocument eject(ApiRequest request, boolean dryRun) {
        ActsApi.requireNoBody(request);
        var picture = ActsApi.look(observer);
        var node = member(request, picture);
        if (node.self()) {
            throw conflict("the node " + node.name() + " cannot eject itself: let it leave, or ask the admin service of"
                    + " another node");
        }
        var shards = picture.shards().stream()
                .filter(shard -> takesPart(shard, node.node()))
                .toList();
        var reach = new ShardReach(picture.nodes());
        var waiting = shards.stream()
                .filter(shard -> !hasMajorityWithout(reach, shard, node.node()))
                .map(shard -> new Refused(
                        null,
                        shard.shard(),
                        "NO_MAJORITY",
                        "The shard has no majority of its participants without the node: it changes once it has one."))
                .limit(MOST_LISTED)
                .toList();
        if (!dryRun) {
            nodes.operations().eject(node.node());
        }
        var what =
                "The node " + node.name() + (dryRun ? " would be" : " is") + " out of the cluster for good: the others "
                        + (dryRun ? "would take" : "take") + " over its " + shards.size()
                        + " shards now, and its id is never used again."
                        + (node.facts().isPresent()
                                ? " It is alive and answers: let it leave instead, which hands everything over first."
                                : " What only it has accepted stays there, until it is started again and hands it over.");
        return new ActDocument(dryRun, what, List.of(Done.at(node.node(), "ejected")), waiting);
    }

    ActDocument leave(ApiRequest request, boolean dryRun) {
        ActsApi.requireNoBody(request);
        var picture = ActsApi.look(observer);
        var node = member(request, picture);
        if (node.facts().isEmpty()) {
            throw conflict("the node " + node.name() + " cannot be asked to leave: " + node.why()
                    + " If it never comes back, eject it");
        }
        if (picture.members().count() == 1) {
            throw conflict("the node " + node.name() + " is the last one: there is none to hand its shards over to");
        }
        boolean done = !dryRun && nodes.at(node.node()).leave(Duration.ZERO);
        int hosted = node.facts().get().report().hosted();
        var what = "The node " + node.name()
                + (dryRun ? " would hand its " : done ? " has handed its " : " hands its ") + hosted
                + " shards over to the others, and serves meanwhile. Its id is not used again. Stop its process when it"
                + " has none left.";
        return new ActDocument(dryRun, what, List.of(Done.at(node.node(), done ? "left" : "leaving")), List.of());
    }

    ActDocument force(ApiRequest request, boolean dryRun) {
        var picture = ActsApi.look(observer);
        var lost = LostNodes.of(Documents.read(request.body(), ForceOrder.class), picture);
        var left = picture.members()
                .map(NodePicture::node)
                .filter(node -> !lost.contains(node))
                .toList();
        var done = new ArrayList<Done>();
        var refused = new ArrayList<Refused>();
        for (var node : left) { // one after the other: each decides by what it knows then
            var answer = nodes.ask(node, operations -> dryRun ? operations.wouldForce(lost) : operations.force(lost));
            switch (answer) {
                case Answer.Given<List<ForcedChange>>(var changes) ->
                    changes.forEach(change -> collect(node, change, done, refused));
                case Answer.Missing<List<ForcedChange>> none -> refused.add(ActsApi.without(node, none, dryRun));
            }
        }
        return new ActDocument(dryRun, forced(dryRun, lost, done.size()), listed(done), listed(refused));
    }

    private static String forced(boolean dryRun, Set<NodeId> lost, int begun) {
        var names = String.join(", ", lost.stream().map(NodeId::toString).toList());
        return (dryRun ? "It would begin " : "Begun are ") + begun
                + " changes of shards that have no majority without " + names + ". What only those nodes "
                + "accepted since they were last heard is lost, including what was answered DURABLE; if they come back, "
                + "they give way, and list it.";
    }

    private static void collect(NodeId node, ForcedChange change, List<Done> done, List<Refused> refused) {
        switch (change) {
            case ForcedChange.Begun begun ->
                done.add(new Done(
                        node.toString(),
                        begun.shard(),
                        "goes on with " + begun.survivors() + "; the lost were last heard "
                                + begun.unheard().toSeconds() + " s ago"));
            case ForcedChange.Refused no -> {
                // What the order is not about would bury the rest.
                if (no.reason() != ForcedChange.Reason.NOT_CONCERNED) {
                    refused.add(
                            new Refused(node.toString(), no.shard(), no.reason().name(), no.explanation()));
                }
            }
        }
    }

    private static <T> List<T> listed(List<T> all) {
        return all.subList(0, Math.min(MOST_LISTED, all.size()));
    }

    private static NodePicture member(ApiRequest request, ClusterPicture picture) {
        var node = Parameters.node(request, picture);
        if (node.member().status() == Status.GONE) {
            throw conflict("the node " + node.name() + " is out of the cluster already");
        }
        return node;
    }

    private static HttpException conflict(String why) {
        return new HttpException(409, why);
    }

    private static boolean takesPart(ShardPicture shard, NodeId node) {
        return participants(shard).contains(node);
    }

    /// The others vote on its removal, without it.
    private static boolean hasMajorityWithout(ShardReach reach, ShardPicture shard, NodeId node) {
        var all = participants(shard);
        var others = all.stream().filter(other -> !other.equals(node)).toList();
        return 2 * reach.together(others).size() > all.size();
    }

    private static List<NodeId> participants(ShardPicture shard) {
        return shard.leading().stream()
                .flatMap(copy -> copy.participants().stream())
                .map(ShardReport.Participant::id)
                .map(id -> id.node())
                .toList();
    }
}
