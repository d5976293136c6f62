package io.legion.runtime.lane;

import io.legion.core.ParticipantId;
import io.legion.core.shard.Write;
import io.legion.runtime.storage.ShardLayout;
import io.legion.runtime.storage.ShardWipe;
import io.legion.runtime.storage.StateCache;
import io.legion.spi.Batch;
import io.legion.spi.Store;
import java.nio.ByteBuffer;

/// Puts the writes of a lane's shards into one batch, and the new states into the cache.
final class BatchWriter {
    private static final byte[] NOTHING = new byte[0];

    /// From this many entries on, one change that drops a range costs a store less than one change for each.
    private static final int RANGE = 64;

    private final StateCache cache;
    private final Store store;
    private final int shards;

    /// The key of the entry that is put or deleted; batches copy it.
    private final ByteBuffer entry = ByteBuffer.allocate(ShardLayout.ENTRY_BYTES);

    BatchWriter(LaneSetup setup) {
        this.cache = setup.cache();
        this.store = setup.store();
        this.shards = setup.shards();
    }

    void add(Batch batch, int shard, Write write) {
        switch (write) {
            case Write.PutState put -> {
                batch.put(ShardLayout.state(shard, put.address()), put.bytes().shared());
                cache.put(put.address(), put.state(), put.bytes().size());
            }
            case Write.DropState drop -> {
                batch.delete(ShardLayout.state(shard, drop.address()));
                cache.putAbsent(drop.address());
            }
            case Write.PutEntry put ->
                batch.put(
                        entry(shard, put.origin(), put.sequence()), put.bytes().shared());
            case Write.DropEntries drop -> dropEntries(batch, shard, drop);
            case Write.PutTag put -> batch.put(ShardLayout.tag(put.type(), put.record()), NOTHING);
            case Write.DropTag drop -> batch.delete(ShardLayout.tag(drop.type(), drop.record()));
            case Write.PutRecord put ->
                batch.put(ShardLayout.record(shard, put.name()), put.bytes().shared());
            case Write.DropRecord drop -> batch.delete(ShardLayout.record(shard, drop.name()));
            case Write.DropEverything _ -> {
                ShardWipe.add(batch, store, shard, shards);
                cache.clear();
            }
        }
    }

    private byte[] entry(int shard, ParticipantId origin, long sequence) {
        ShardLayout.entry(entry, shard, origin, sequence);
        return entry.array();
    }

    private void dropEntries(Batch batch, int shard, Write.DropEntries drop) {
        if (drop.last() - drop.first() >= RANGE) {
            batch.deleteRange(
                    ShardLayout.entry(shard, drop.origin(), drop.first()),
                    ShardLayout.entry(shard, drop.origin(), drop.last() + 1));
            return;
        }
        for (long sequence = drop.first(); sequence <= drop.last(); sequence++) {
            batch.delete(entry(shard, drop.origin(), sequence));
        }
    }
}
