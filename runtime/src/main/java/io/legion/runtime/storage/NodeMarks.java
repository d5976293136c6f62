package io.legion.runtime.storage;

import io.legion.service.Logger;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import io.legion.spi.StoreException;

/// The marks in a node's store by which a later start knows how far this one came.
public final class NodeMarks {
    /// Present once every shard of a founded cluster is in the store, or the node has joined a cluster.
    private static final byte[] FOUNDED = ShardLayout.nodeRecord("founded");

    /// Present once this node has met another one of its cluster.
    private static final byte[] MET = ShardLayout.nodeRecord("met");

    /// There once other nodes have shown that they know more of this node than its store does (R71).
    private static final byte[] OLD_COPY = ShardLayout.nodeRecord("old-copy");

    /// There while an operator's order holds the versions of the partition types (R87).
    private static final byte[] HOLDS_VERSIONS = ShardLayout.nodeRecord("holds-versions");

    /// Written to see whether the store has room, and taken away.
    private static final byte[] ROOM = ShardLayout.nodeRecord("room");

    /// A store that takes so much more than it refused goes on for a while.
    private static final int ROOM_BYTES = 64 << 10;

    private static final long MOST_ROOM_BYTES = 16 << 20;

    private static final byte[] EVERYTHING = {};
    private static final byte[] END = {(byte) 0xff};
    private static final byte[] SET = {};

    private NodeMarks() {}

    /// Clears what an interrupted founding may have left.
    public static void begin(Store store) {
        store.write(new Batch().deleteRange(EVERYTHING, END), Durability.FORCED);
    }

    /// Clears what shards that were begun may have left, and keeps the states and the index with which they begin
    /// again.
    public static void beginAgain(Store store) {
        var batch = new Batch().delete(MET);
        for (byte kind : new byte[] {'e', 'l', 'r'}) {
            batch.deleteRange(new byte[] {kind}, new byte[] {(byte) (kind + 1)});
        }
        store.write(batch, Durability.FORCED);
    }

    /// Every shard is in the store: later starts recover them.
    public static void finish(Store store) {
        var batch = new Batch().put(FOUNDED, SET);
        FoundingProgress.forget(batch);
        store.write(batch, Durability.FORCED);
    }

    /// Drops everything that an earlier life of the store held; the node joins with nothing.
    public static void joinEmpty(Store store) {
        store.write(new Batch().deleteRange(EVERYTHING, END).put(FOUNDED, SET), Durability.FORCED);
    }

    /// Succeeds if the store has room for writes.
    ///
    /// @param bytes what it had no room for
    /// @throws StoreException.Full if it has none
    /// @throws StoreException if it has failed
    public static void requireRoom(Store store, long bytes, Durability durability) {
        int much = (int) Math.min(bytes + ROOM_BYTES, MOST_ROOM_BYTES);
        store.write(new Batch().put(ROOM, new byte[much]), durability);
        store.write(new Batch().delete(ROOM), durability);
    }

    public static boolean isFounded(Store store) {
        return store.get(FOUNDED) != null;
    }

    public static boolean isOldCopy(Store store) {
        return store.get(OLD_COPY) != null;
    }

    /// The store is an older copy of itself: the next start begins as a new node (R71). If the store does not take the
    /// mark, the replicas concerned are marked all the same, and detect it again.
    public static void markOldCopy(Store store, Logger logger) {
        try {
            mark(store, OLD_COPY);
        } catch (StoreException failure) {
            logger.error(
                    "That the store is an older copy of itself could not be noted in it: " + failure.getMessage()
                            + " Empty it before this node is started again.",
                    failure);
        }
    }

    /// True if this node has ever met another one; otherwise it has all shards, and no other node has any.
    public static boolean hasMet(Store store) {
        return store.get(MET) != null;
    }

    /// This node has met another one of its cluster: from now on its store is not the only one.
    public static void meet(Store store) {
        if (!hasMet(store)) {
            mark(store, MET);
        }
    }

    /// True if [#holdVersions] was the last order here.
    public static boolean holdsVersions(Store store) {
        return store.get(HOLDS_VERSIONS) != null;
    }

    /// An operator holds the versions, also after the next starts.
    public static void holdVersions(Store store) {
        mark(store, HOLDS_VERSIONS);
    }

    /// An operator holds the versions no more.
    public static void releaseVersions(Store store) {
        if (holdsVersions(store)) {
            store.write(new Batch().delete(HOLDS_VERSIONS), Durability.FORCED);
        }
    }

    private static void mark(Store store, byte[] mark) {
        store.write(new Batch().put(mark, SET), Durability.FORCED);
    }
}
