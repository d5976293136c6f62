package io.legion.runtime.search;

import io.legion.core.IndexRecord;
import io.legion.core.NodeId;
import io.legion.core.SearchTag;
import io.legion.runtime.frame.Page;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One search for a page of the index: which nodes were asked for which shards, what they gave, and the merging
/// into the page.
public final class SearchCall {
    /// One question to a node: the shards asked for, and the page that it gave.
    private static final class Part {
        final SortedSet<Integer> shards;
        final long askedMillis;

        @Nullable
        Page page;

        Part(SortedSet<Integer> shards, long askedMillis, @Nullable Page page) {
            this.shards = shards;
            this.askedMillis = askedMillis;
            this.page = page;
        }
    }

    public final int type;
    public final SearchTag from;
    public final int limit;
    public final SearchWaiter waiter;

    /// The shards that no node has been asked for.
    final TreeSet<Integer> open = new TreeSet<>();

    /// The nodes that have failed, and are not asked again in this round.
    final TreeSet<NodeId> avoided = new TreeSet<>();

    /// When to try again to share out the open shards.
    public long nextMillis;

    private final TreeMap<NodeId, List<Part>> parts = new TreeMap<>();

    SearchCall(int type, SearchTag from, int limit, SearchWaiter waiter) {
        this.type = type;
        this.from = from;
        this.limit = limit;
        this.waiter = waiter;
    }

    /// The node was asked for these shards.
    ///
    /// @param page its page; null if that is still to come
    public void asked(NodeId node, SortedSet<Integer> shards, long nowMillis, @Nullable Page page) {
        parts.computeIfAbsent(node, _ -> new ArrayList<>()).add(new Part(shards, nowMillis, page));
    }

    /// The node gave a page: the answer to its oldest open question.
    ///
    /// @return false if it has given everything
    boolean gave(NodeId node, Page page) {
        for (Part part : parts(node)) {
            if (part.page == null) {
                part.page = page;
                return true;
            }
        }
        return false;
    }

    /// The node fails: the shards of its open questions are open again.
    ///
    /// @return false if it has given everything
    public boolean giveUp(NodeId node) {
        boolean missing = false;
        for (Part part : parts(node)) {
            if (part.page == null) {
                open.addAll(part.shards);
                missing = true;
            }
        }
        if (missing) {
            parts(node).removeIf(part -> part.page == null);
            avoided.add(node);
        }
        return missing;
    }

    /// The nodes that were asked.
    List<NodeId> nodes() {
        return List.copyOf(parts.keySet());
    }

    /// True if the node has not answered a question of this time or before.
    boolean isMissing(NodeId node, long askedMillis) {
        return parts(node).stream().anyMatch(part -> part.page == null && part.askedMillis <= askedMillis);
    }

    private List<Part> parts(NodeId node) {
        return parts.getOrDefault(node, List.of());
    }

    /// The pages of all shards; null as long as some are missing.
    @Nullable
    List<Page> pages() {
        if (!open.isEmpty()) {
            return null;
        }
        List<Page> pages = new ArrayList<>();
        for (List<Part> asked : parts.values()) {
            for (Part part : asked) {
                if (part.page == null) {
                    return null;
                }
                pages.add(part.page);
            }
        }
        return pages;
    }

    /// R67: gives the waiter all records, each once and in order, up to the earliest end of a page that is not its
    /// node's last: behind that,
    /// something may be missing.
    public void finish(List<Page> pages) {
        IndexRecord bound = pages.stream()
                .filter(page -> !page.end())
                .map(page -> page.records().getLast())
                .min(Comparator.naturalOrder())
                .orElse(null);
        List<IndexRecord> records = pages.stream()
                .flatMap(page -> page.records().stream())
                .filter(record -> bound == null || record.compareTo(bound) <= 0)
                .filter(from::isBefore)
                .sorted()
                .distinct()
                .toList();
        boolean all = records.size() <= limit;
        waiter.yielded(all ? records : List.copyOf(records.subList(0, limit)), all && bound == null);
    }
}
