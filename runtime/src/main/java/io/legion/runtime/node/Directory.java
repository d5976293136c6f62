package io.legion.runtime.node;

import io.legion.core.NodeId;
import io.legion.runtime.frame.ShardView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The participants of each shard, as far as this node has heard. It may lag behind; a wrong entry costs a
/// detour.
public final class Directory {
    /// The most views in one message.
    public static final int CHUNK = 256;

    private final @Nullable ShardView[] views;
    private int told;

    public Directory(int shards) {
        views = new ShardView[shards];
    }

    /// Takes in a view of a shard.
    ///
    /// @return true if it is news
    public boolean learn(ShardView view) {
        if (view.shard() < 0 || view.shard() >= views.length) {
            return false;
        }
        ShardView known = views[view.shard()];
        boolean news = known == null || known.epoch() < view.epoch();
        if (news) {
            views[view.shard()] = view;
        }
        return news;
    }

    /// The known view of a shard; null if there is none, or no such shard.
    @Nullable
    public ShardView find(int shard) {
        return shard >= 0 && shard < views.length ? views[shard] : null;
    }

    /// True if the node takes part in any shard.
    public boolean isAnywhere(NodeId node) {
        for (ShardView view : views) {
            if (view != null && view.includes(node)) {
                return true;
            }
        }
        return false;
    }

    /// The next views, in turn.
    public List<ShardView> nextChunk() {
        var chunk = new ArrayList<ShardView>();
        for (int i = 0; i < Math.min(CHUNK, views.length); i++) {
            ShardView view = views[told];
            told = (told + 1) % views.length;
            if (view != null) {
                chunk.add(view);
            }
        }
        return chunk;
    }

    public int shards() {
        return views.length;
    }
}
