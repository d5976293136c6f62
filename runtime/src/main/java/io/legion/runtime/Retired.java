package io.legion.runtime;

import io.legion.core.shard.ReplicaStatus;
import java.nio.ByteBuffer;

/// What a node remembers of a shard that it has dropped: in which epoch its last participant was added. That one must
/// never start again (R2), although a node that was away may still believe in it.
final class Retired {
    private static final long NEVER = -1;

    private Retired() {}

    /// The epoch, or -1 if no participant of this node was dropped.
    static long epoch(Store store, int shard) {
        byte[] epoch = store.get(key(shard));
        return epoch == null ? NEVER : ByteBuffer.wrap(epoch).getLong();
    }

    /// Adds what is to be remembered of a replica that is dropped. One that only copied never took part.
    static void add(Batch batch, int shard, ReplicaStatus status) {
        if (status.phase() != ReplicaStatus.Phase.COPYING) {
            long epoch = status.self().epoch();
            batch.put(key(shard), ByteBuffer.allocate(Long.BYTES).putLong(epoch).array());
        }
    }

    private static byte[] key(int shard) {
        return ShardLayout.nodeRecord("retired." + shard);
    }
}
