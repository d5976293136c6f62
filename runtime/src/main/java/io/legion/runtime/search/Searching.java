package io.legion.runtime.search;

import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.SearchTag;
import io.legion.runtime.frame.Item;
import io.legion.runtime.frame.Page;
import io.legion.runtime.frame.ShardView;
import io.legion.runtime.lane.NoAnswer;
import io.legion.runtime.node.NodeState;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Searches the index of the whole cluster for this node's callers (R67). It asks few nodes that have all
/// shards between them for a page, each for its own part. Others replace a node that fails meanwhile.
public final class Searching {
    /// The most records of a page.
    static final int MOST = 10_000;

    /// How many searches of this node's callers may be under way.
    public static final int MOST_SEARCHES = 1_000;

    /// For how many retry intervals a node may be silent.
    private static final int PATIENCE = 4;

    private final NodeState state;
    private final PageServing own;
    private final TreeMap<Long, SearchCall> searches = new TreeMap<>();

    /// Why it takes no search any more; null while it does.
    private @Nullable String over;

    public Searching(NodeState state, PageServing own) {
        this.state = state;
        this.own = own;
    }

    public void search(int type, SearchTag from, int limit, SearchWaiter waiter) {
        if (over != null) {
            waiter.failed(new NoAnswer(NoAnswer.Reason.CLOSED, over));
            return;
        }
        if (searches.size() >= MOST_SEARCHES) {
            waiter.failed(new NoAnswer(
                    NoAnswer.Reason.OVERLOADED,
                    MOST_SEARCHES + " searches of this node are under way; try again after a while."));
            return;
        }
        var search = new SearchCall(type, from, Math.clamp(limit, 1, MOST), waiter);
        for (int shard = 0; shard < state.settings.shards(); shard++) {
            search.open.add(shard);
        }
        long number = state.nextNumber();
        searches.put(number, search);
        plan(number, search);
    }

    /// Shares out the shards that no node has been asked for, by the greedy rule: the node with most of them
    /// first, this node if it has as many.
    private void plan(long number, SearchCall search) {
        while (!search.open.isEmpty()) {
            NodeId best = null;
            SortedSet<Integer> covered = new TreeSet<>();
            for (Map.Entry<NodeId, SortedSet<Integer>> candidate :
                    candidates(search).entrySet()) {
                int more = candidate.getValue().size() - covered.size();
                if (more > 0 || (more == 0 && candidate.getKey().equals(state.self))) {
                    best = candidate.getKey();
                    covered = candidate.getValue();
                }
            }
            if (best == null) {
                search.avoided.clear();
                search.nextMillis = state.nowMillis + state.settings.retryMillis();
                return;
            }
            search.open.removeAll(covered);
            ask(number, search, best, covered);
        }
        finishIfComplete(number, search);
    }

    private SortedMap<NodeId, SortedSet<Integer>> candidates(SearchCall search) {
        var candidates = new TreeMap<NodeId, SortedSet<Integer>>();
        for (int shard : search.open) {
            ShardView view = state.directory.find(shard);
            for (ParticipantId participant : view == null ? List.<ParticipantId>of() : view.participants()) {
                NodeId node = participant.node();
                boolean able = node.equals(state.self)
                        ? own.takesPart(shard, search.type)
                        : state.reachability.isReachable(node);
                if (able && !search.avoided.contains(node)) {
                    candidates.computeIfAbsent(node, _ -> new TreeSet<>()).add(shard);
                }
            }
        }
        return candidates;
    }

    private void ask(long number, SearchCall search, NodeId node, SortedSet<Integer> shards) {
        if (node.equals(state.self)) {
            askHere(search, shards);
        } else {
            search.asked(node, shards, state.nowMillis, null);
            state.mail.add(node, new Item.AskPage(number, search.type, search.from, search.limit, List.copyOf(shards)));
        }
    }

    private void askHere(SearchCall search, SortedSet<Integer> shards) {
        Page page = own.page(search.type, search.from, search.limit, shards);
        if (page == null) {
            search.avoided.add(state.self);
            search.open.addAll(shards);
        } else {
            search.asked(state.self, shards, state.nowMillis, page);
        }
    }

    public void told(NodeId from, Item.ReplyPage told) {
        SearchCall search = searches.get(told.number());
        if (search == null) {
            return;
        }
        Page page = told.page();
        if (page == null) {
            replace(told.number(), search, from);
        } else if (search.gave(from, page)) {
            finishIfComplete(told.number(), search);
        }
    }

    /// Asks others for what the node was asked for and has not given.
    private void replace(long number, SearchCall search, NodeId node) {
        if (search.giveUp(node)) {
            plan(number, search);
        }
    }

    public void left(NodeId node) {
        for (Map.Entry<Long, SearchCall> search : List.copyOf(searches.entrySet())) {
            replace(search.getKey(), search.getValue(), node);
        }
    }

    public void tick() {
        for (Map.Entry<Long, SearchCall> entry : List.copyOf(searches.entrySet())) {
            tick(entry.getKey(), entry.getValue());
        }
    }

    private void tick(long number, SearchCall search) {
        if (search.waiter.deadlineMillis() <= state.nowMillis) {
            searches.remove(number);
            search.waiter.failed(new NoAnswer(
                    NoAnswer.Reason.TIMED_OUT,
                    "the nodes that have the index did not answer within the time allowed, or compute the tags of the"
                            + " type anew after a new version has become active; try again"));
            return;
        }
        long late = state.nowMillis - PATIENCE * state.settings.retryMillis();
        for (NodeId node : search.nodes()) {
            if (search.isMissing(node, late) && searches.containsKey(number)) {
                replace(number, search, node);
            }
        }
        if (!search.open.isEmpty() && search.nextMillis <= state.nowMillis) {
            plan(number, search);
        }
    }

    private void finishIfComplete(long number, SearchCall search) {
        List<Page> pages = search.pages();
        if (pages != null) {
            searches.remove(number);
            search.finish(pages);
        }
    }

    /// Takes no search any more, and ends those under way.
    public void stop(String why) {
        end("This node serves nothing: " + why);
    }

    public void close() {
        end("this node is closed");
    }

    private void end(String why) {
        over = over == null ? why : over;
        for (SearchCall search : List.copyOf(searches.values())) {
            search.waiter.failed(new NoAnswer(NoAnswer.Reason.CLOSED, why));
        }
        searches.clear();
    }
}
