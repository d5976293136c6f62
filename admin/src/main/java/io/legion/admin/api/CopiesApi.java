package io.legion.admin.api;

import io.legion.admin.document.DivergentDocument;
import io.legion.admin.document.DivergentDocument.LostRequests;
import io.legion.admin.document.DivergentDocument.Overruled;
import io.legion.admin.document.DivergentDocument.Salvage;
import io.legion.admin.document.DivergentDocument.Stopped;
import io.legion.admin.observation.Observer;
import io.legion.admin.picture.EachNode;
import io.legion.admin.picture.EachNode.Answer;
import io.legion.admin.picture.NodeFacts;
import io.legion.admin.picture.NodePicture;
import io.legion.core.NodeId;
import io.legion.core.RequestId;
import io.legion.http.ApiReply;
import io.legion.http.ApiRequest;
import io.legion.http.Route;
import io.legion.operations.Operations;
import io.legion.operations.OverruledCopy;
import io.legion.operations.ShardReport.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/// Copies that stand aside, and requests that did not get into history.
public final class CopiesApi {
    private final Observer observer;
    private final EachNode nodes;

    public CopiesApi(Observer observer, EachNode nodes) {
        this.observer = observer;
        this.nodes = nodes;
    }

    /// The routes.
    public List<Route> routes() {
        return List.of(new Route("GET", "/divergent", this::divergent));
    }

    private record Aside(List<OverruledCopy> overruled, List<RequestId> lost) {}

    private ApiReply divergent(ApiRequest request) {
        Parameters.requireOnly(request);
        var picture = observer.now().picture();
        var known = picture.known().toList();
        var answers = nodes.ask(
                known.stream().filter(CopiesApi::hasMore).map(NodePicture::node).toList(), CopiesApi::aside);
        var silent = new ArrayList<>(picture.members()
                .filter(node -> node.facts().isEmpty())
                .map(node -> node.node().toString())
                .toList());
        var overruled = new ArrayList<Overruled>();
        var lost = new ArrayList<LostRequests>();
        collect(answers, overruled, lost, silent);
        return Replies.of(new DivergentDocument(stopped(known), overruled, salvage(known), lost, silent));
    }

    /// Most nodes need not be asked.
    private static boolean hasMore(NodePicture node) {
        var facts = facts(node);
        return facts.report().lostRequests() > 0
                || facts.shards().stream().anyMatch(copy -> copy.phase() == Phase.OVERRULED);
    }

    private static Aside aside(Operations operations) {
        return new Aside(operations.overruledCopies(), operations.lostRequests());
    }

    private static void collect(
            SortedMap<NodeId, Answer<Aside>> answers,
            List<Overruled> overruled,
            List<LostRequests> lost,
            List<String> silent) {
        answers.forEach((node, answer) -> {
            switch (answer) {
                case Answer.Given<Aside>(var aside) -> {
                    aside.overruled.forEach(copy -> overruled.add(Overruled.of(node, copy)));
                    if (!aside.lost.isEmpty()) {
                        lost.add(LostRequests.of(node, aside.lost));
                    }
                }
                case Answer.Missing<Aside> _ -> silent.add(node.toString());
            }
        });
    }

    private static NodeFacts facts(NodePicture node) {
        return node.facts().orElseThrow();
    }

    private static List<Stopped> stopped(List<NodePicture> known) {
        return known.stream()
                .flatMap(node -> facts(node).stopped().stream())
                .map(Stopped::of)
                .toList();
    }

    private static List<Salvage> salvage(List<NodePicture> known) {
        return known.stream()
                .flatMap(node -> facts(node).shards().stream()
                        .filter(copy -> !copy.salvage().isEmpty())
                        .map(copy -> Salvage.of(node.node(), copy)))
                .toList();
    }
}
