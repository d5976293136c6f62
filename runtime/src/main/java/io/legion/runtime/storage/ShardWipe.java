package io.legion.runtime.storage;

import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.Shards;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import java.util.Arrays;

/// Drops everything that one shard has in a store, its records in the common index included, in writes of
/// bounded size.
///
/// The first write drops everything that is the shard's own. It is a few ranges, however much they hold, so the
/// replica is there as a whole before it and not at all after it. The same write leaves a mark. Then only
/// records of the index are left. Only a search in this shard would show them, and no search asks for a shard
/// that is not there. They go piece by piece, and the mark with the last of them. A node that finds the mark,
/// after a crash or a failure, finishes this before the shard may come here again.
public final class ShardWipe {
    /// About how many bytes of the index one write deletes.
    public static final int PIECE_BYTES = 1 << 20;

    private static final byte[] INDEX = {'i'};
    private static final byte[] INDEX_END = {'i' + 1};

    private ShardWipe() {}

    /// Adds the first write: after it the shard is gone, and the mark is there.
    public static void begin(Batch batch, int shard) {
        own(batch, shard);
        batch.put(mark(shard), new byte[0]);
    }

    private static void own(Batch batch, int shard) {
        for (char kind : new char[] {'s', 'e', 'r'}) {
            byte[] begin = ShardLayout.begin(kind, shard);
            batch.deleteRange(begin, ShardLayout.after(begin));
        }
    }

    /// Adds everything to a batch, for a copy that begins anew. If that is too much for one write, everything
    /// is gone when this returns: then a crash before the batch is written leaves no shard, rather than half a
    /// one.
    public static void add(Batch batch, Store store, int shard, int shards) {
        var indexed = new Piece(INDEX).filled(store, shard, shards);
        if (!indexed.isFull()) {
            own(batch, shard);
            batch.addAll(indexed.deletes);
            return;
        }
        var first = new Batch();
        begin(first, shard);
        store.write(first, Durability.FORCED);
        finish(store, shard, shards);
    }

    /// True if the shard was dropped, and something of it may be left in the index.
    public static boolean isBegun(Store store, int shard) {
        return store.get(mark(shard)) != null;
    }

    /// Drops what a wipe that was begun has left. Walks the whole index of the node once: wipes are rare enough
    /// for that.
    ///
    /// All writes are forced, so that the mark never goes before what it stands for.
    public static void finish(Store store, int shard, int shards) {
        if (!isBegun(store, shard)) {
            return;
        }
        var piece = new Piece(INDEX).filled(store, shard, shards);
        while (piece.isFull()) {
            store.write(piece.deletes, Durability.FORCED);
            piece = new Piece(piece.next()).filled(store, shard, shards);
        }
        store.write(piece.deletes.delete(mark(shard)), Durability.FORCED);
    }

    /// The records of the index that one write deletes. It is written after the scan that finds them: a write may have
    /// the store open its engine again, and that ends all scans.
    private static final class Piece {
        private final Batch deletes = new Batch();
        private byte[] last;

        Piece(byte[] from) {
            last = from;
        }

        Piece filled(Store store, int shard, int shards) {
            store.scan(last, INDEX_END, (key, _) -> !isOf(shard, shards, key) || add(key));
            return this;
        }

        private boolean add(byte[] key) {
            last = key;
            deletes.delete(key);
            return !isFull();
        }

        boolean isFull() {
            return deletes.size() >= PIECE_BYTES;
        }

        /// Where the piece after a full one begins.
        byte[] next() {
            return Arrays.copyOf(last, last.length + 1);
        }
    }

    private static boolean isOf(int shard, int shards, byte[] indexKey) {
        var key = ShardLayout.recordOf(indexKey).key();
        return Shards.of(new PartitionAddress(ShardLayout.typeOf(indexKey), key), shards) == shard;
    }

    private static byte[] mark(int shard) {
        return ShardLayout.nodeRecord("dropped." + shard);
    }
}
