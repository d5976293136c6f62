package io.legion.runtime.storage;

import io.legion.core.shard.ReplicaStatus;
import io.legion.core.shard.RetiredPlace;
import io.legion.spi.Batch;
import io.legion.spi.Store;
import java.nio.ByteBuffer;

/// What a node's store keeps of a shard that the node has dropped (R69).
public final class Retired {
    private Retired() {}

    public static RetiredPlace place(Store store, int shard) {
        byte[] kept = store.get(key(shard));
        if (kept == null) {
            return RetiredPlace.NONE;
        }
        var place = ByteBuffer.wrap(kept);
        long added = place.getLong();
        // Stores of earlier builds say only when the participant was added: nothing shows that they are old copies.
        return new RetiredPlace(added, place.hasRemaining() ? place.getLong() : RetiredPlace.NONE.known());
    }

    /// False for a replica that only copied: it never took part, and leaves no record.
    public static boolean isToBeKept(ReplicaStatus status) {
        return status.phase() != ReplicaStatus.Phase.COPYING;
    }

    /// Adds the record of a replica that the node drops.
    public static void add(Batch batch, int shard, RetiredPlace place) {
        batch.put(
                key(shard),
                ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(place.added())
                        .putLong(place.known())
                        .array());
    }

    private static byte[] key(int shard) {
        return ShardLayout.nodeRecord("retired." + shard);
    }
}
