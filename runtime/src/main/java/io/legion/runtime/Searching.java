package io.legion.runtime;

import io.legion.core.IndexRecord;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.SearchTag;
import io.legion.core.shard.ReplicaStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Pages of the index of the whole cluster (R67): asks few nodes that have all shards between them, each for its
/// own part, and merges what they give. A node that fails meanwhile is replaced by others.
final class Searching {
    /// The most records of a page.
    static final int MOST = 10_000;

    /// How many searches of this node's callers may be under way.
    static final int MOST_SEARCHES = 1_000;

    /// What one node gives in one page, about, in bytes.
    private static final int PAGE_BYTES = 256 * 1024;

    /// How many times the retry interval a node is let to be silent.
    private static final int PATIENCE = 4;

    private static final class Part {
        final SortedSet<Integer> shards;
        final long askedMillis;
        Item.@Nullable Page page;

        Part(SortedSet<Integer> shards, long askedMillis) {
            this.shards = shards;
            this.askedMillis = askedMillis;
        }
    }

    private static final class Search {
        final int type;
        final SearchTag from;
        final int limit;
        final SearchWaiter waiter;
        final TreeMap<NodeId, List<Part>> parts = new TreeMap<>();
        final TreeSet<Integer> open = new TreeSet<>();
        final TreeSet<NodeId> avoided = new TreeSet<>();
        long nextMillis;

        Search(int type, SearchTag from, int limit, SearchWaiter waiter) {
            this.type = type;
            this.from = from;
            this.limit = limit;
            this.waiter = waiter;
        }
    }

    private final NodeState state;
    private final Routing routing;
    private final TreeMap<Long, Search> searches = new TreeMap<>();

    Searching(NodeState state, Routing routing) {
        this.state = state;
        this.routing = routing;
    }

    void search(int type, SearchTag from, int limit, SearchWaiter waiter) {
        if (searches.size() >= MOST_SEARCHES) {
            waiter.failed(new RequestException.Overloaded(
                    MOST_SEARCHES + " searches of this node are under way; try again after a while.", null));
            return;
        }
        var search = new Search(type, from, Math.clamp(limit, 1, MOST), waiter);
        for (int shard = 0; shard < state.settings.shards(); shard++) {
            search.open.add(shard);
        }
        long number = routing.nextNumber();
        searches.put(number, search);
        plan(number, search);
    }

    /// Shares the shards that nobody has been asked for out over nodes, by the greedy rule: who has most of them
    /// first, this node if it has as many.
    private void plan(long number, Search search) {
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

    private SortedMap<NodeId, SortedSet<Integer>> candidates(Search search) {
        var candidates = new TreeMap<NodeId, SortedSet<Integer>>();
        for (int shard : search.open) {
            ShardView view = state.directory.find(shard);
            for (ParticipantId participant : view == null ? List.<ParticipantId>of() : view.participants()) {
                NodeId node = participant.node();
                boolean able = node.equals(state.self) ? takesPart(shard) : state.reachability.isReachable(node);
                if (able && !search.avoided.contains(node)) {
                    candidates.computeIfAbsent(node, _ -> new TreeSet<>()).add(shard);
                }
            }
        }
        return candidates;
    }

    private boolean takesPart(int shard) {
        return state.lanes()
                .status(shard)
                .map(status -> status.phase() == ReplicaStatus.Phase.PARTICIPATING && !status.returning())
                .orElse(false);
    }

    private void ask(long number, Search search, NodeId node, SortedSet<Integer> shards) {
        var part = new Part(shards, state.nowMillis);
        if (node.equals(state.self)) {
            part.page = page(search.type, search.from, search.limit, shards);
            if (part.page == null) {
                search.avoided.add(node);
                search.open.addAll(shards);
                return;
            }
        }
        search.parts.computeIfAbsent(node, _ -> new ArrayList<>()).add(part);
        if (!node.equals(state.self)) {
            state.mail.add(node, new Item.AskPage(number, search.type, search.from, search.limit, List.copyOf(shards)));
        }
    }

    /// A page of this node's own index; null if that can not be read, so that others are asked.
    private Item.@Nullable Page page(int type, SearchTag from, int limit, SortedSet<Integer> shards) {
        try {
            return page(state.lanes().search(type, from, limit, shards), limit);
        } catch (RuntimeException unreadable) {
            state.logger.warning("The index of this node can not be read, other nodes are asked: " + unreadable);
            return null;
        }
    }

    private static Item.Page page(List<IndexRecord> records, int limit) {
        int bytes = 0;
        for (int i = 0; i < records.size(); i++) {
            IndexRecord next = records.get(i);
            bytes += next.tag().bytes().size() + next.key().bytes().size();
            if (bytes > PAGE_BYTES) {
                return new Item.Page(records.subList(0, i + 1), false);
            }
        }
        return new Item.Page(records, records.size() < limit);
    }

    /// Another node asks for a page.
    void asked(NodeId from, Item.AskPage ask) {
        boolean able = ask.shards().stream().allMatch(shard -> shard < state.settings.shards() && takesPart(shard));
        int limit = Math.clamp(ask.limit(), 1, MOST);
        Item.Page page = able ? page(ask.type(), ask.from(), limit, new TreeSet<>(ask.shards())) : null;
        state.mail.add(from, new Item.ToldPage(ask.number(), page));
    }

    void told(NodeId from, Item.ToldPage told) {
        Search search = searches.get(told.number());
        if (search == null) {
            return;
        }
        Part waiting = null;
        for (Part part : search.parts.getOrDefault(from, List.of())) {
            waiting = waiting == null && part.page == null ? part : waiting;
        }
        if (waiting != null && told.page() != null) {
            waiting.page = told.page();
            finishIfComplete(told.number(), search);
        } else if (waiting != null) {
            replace(told.number(), search, from);
        }
    }

    /// What the node was asked for and has not given is asked of others.
    private void replace(long number, Search search, NodeId node) {
        List<Part> parts = search.parts.getOrDefault(node, List.of());
        boolean missing = false;
        for (Part part : parts) {
            if (part.page == null) {
                search.open.addAll(part.shards);
                missing = true;
            }
        }
        if (missing) {
            parts.removeIf(part -> part.page == null);
            search.avoided.add(node);
            plan(number, search);
        }
    }

    void left(NodeId node) {
        for (Map.Entry<Long, Search> search : List.copyOf(searches.entrySet())) {
            replace(search.getKey(), search.getValue(), node);
        }
    }

    void tick() {
        for (Map.Entry<Long, Search> entry : List.copyOf(searches.entrySet())) {
            tick(entry.getKey(), entry.getValue());
        }
    }

    private void tick(long number, Search search) {
        if (search.waiter.deadlineMillis() <= state.nowMillis) {
            searches.remove(number);
            search.waiter.failed(new RequestException.TimedOut(
                    "the nodes that have the index did not answer within the time allowed", null));
            return;
        }
        long patience = PATIENCE * state.settings.retryMillis();
        for (NodeId node : List.copyOf(search.parts.keySet())) {
            boolean late = search.parts.getOrDefault(node, List.of()).stream()
                    .anyMatch(part -> part.page == null && state.nowMillis - part.askedMillis >= patience);
            if (late && searches.containsKey(number)) {
                replace(number, search, node);
            }
        }
        if (!search.open.isEmpty() && search.nextMillis <= state.nowMillis) {
            plan(number, search);
        }
    }

    private void finishIfComplete(long number, Search search) {
        List<Item.Page> pages = new ArrayList<>();
        for (List<Part> parts : search.parts.values()) {
            for (Part part : parts) {
                if (part.page == null) {
                    return;
                }
                pages.add(part.page);
            }
        }
        if (search.open.isEmpty()) {
            searches.remove(number);
            merge(search, pages);
        }
    }

    /// Everything up to the end of the shortest page that is not the last one of its node: behind that, something
    /// may be missing.
    private static void merge(Search search, List<Item.Page> pages) {
        IndexRecord bound = pages.stream()
                .filter(page -> !page.end())
                .map(page -> page.records().getLast())
                .min(Comparator.naturalOrder())
                .orElse(null);
        List<IndexRecord> records = pages.stream()
                .flatMap(page -> page.records().stream())
                .filter(record -> bound == null || record.compareTo(bound) <= 0)
                .filter(search.from::isBefore)
                .sorted()
                .distinct()
                .toList();
        boolean all = records.size() <= search.limit;
        search.waiter.found(all ? records : List.copyOf(records.subList(0, search.limit)), all && bound == null);
    }

    void close() {
        for (Search search : List.copyOf(searches.values())) {
            search.waiter.failed(new RequestException.Closed(
                    "this node closed before there was an answer", null, RequestException.Fate.NOT_APPLIED));
        }
        searches.clear();
    }
}
