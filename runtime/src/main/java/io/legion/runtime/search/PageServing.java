package io.legion.runtime.search;

import io.legion.core.IndexRecord;
import io.legion.core.NodeId;
import io.legion.core.SearchTag;
import io.legion.core.shard.ReplicaStatus;
import io.legion.runtime.frame.Item;
import io.legion.runtime.frame.Page;
import io.legion.runtime.node.NodeState;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Gives pages of this node's own index, of the shards in which it takes part (R67): for its own searches, and
/// for those of other nodes.
public final class PageServing {
    /// About how many bytes one node gives in one page.
    private static final int PAGE_BYTES = 256 * 1024;

    private final NodeState state;

    public PageServing(NodeState state) {
        this.state = state;
    }

    /// Another node asks for a page.
    public void ask(NodeId from, Item.AskPage ask) {
        boolean able = ask.shards().stream()
                .allMatch(shard -> shard < state.settings.shards() && takesPart(shard, ask.type()));
        int limit = Math.clamp(ask.limit(), 1, Searching.MOST);
        Page page = able ? page(ask.type(), ask.from(), limit, new TreeSet<>(ask.shards())) : null;
        state.mail.add(from, new Item.ReplyPage(ask.number(), page));
    }

    /// True if this node's index has all that belongs to the type in the shard.
    boolean takesPart(int shard, int type) {
        return state.lane
                .status(shard)
                .map(status -> status.phase() == ReplicaStatus.Phase.PARTICIPATING
                        && !status.returning()
                        && status.fresh()
                        && !status.indexing().contains(type))
                .orElse(false);
    }

    /// A page of these shards; null if the index cannot be read, so that the search asks others.
    @Nullable
    public Page page(int type, SearchTag from, int limit, SortedSet<Integer> shards) {
        try {
            return page(state.lane.search(type, from, limit, shards), limit);
        } catch (RuntimeException unreadable) {
            state.logger.warning("The index of this node cannot be read, other nodes are asked: " + unreadable);
            return null;
        }
    }

    private static Page page(List<IndexRecord> records, int limit) {
        int bytes = 0;
        for (int i = 0; i < records.size(); i++) {
            IndexRecord next = records.get(i);
            bytes += next.tag().bytes().size() + next.key().bytes().size();
            if (bytes > PAGE_BYTES) {
                return new Page(records.subList(0, i + 1), false);
            }
        }
        return new Page(records, records.size() < limit);
    }
}
