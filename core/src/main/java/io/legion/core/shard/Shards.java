package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.primitive.Murmur;

/// Which shard a partition belongs to. Fixed for ever: stored data depends on it.
public final class Shards {
    private Shards() {}

    /// The shard, from 0 to `shards - 1`: FNV-1a over type and key (64 bits), finished with the mixer of
    /// MurmurHash3 (Appleby), reduced by the high bits of a multiplication (Lemire, 2019).
    public static int of(PartitionAddress address, int shards) {
        long hash = 0xcbf29ce484222325L;
        for (int shift = 0; shift < 32; shift += 8) {
            hash = (hash ^ ((address.type() >>> shift) & 0xff)) * 0x100000001b3L;
        }
        Bytes key = address.key().bytes();
        for (int i = 0; i < key.size(); i++) {
            hash = (hash ^ (key.at(i) & 0xff)) * 0x100000001b3L;
        }
        return (int) ((((Murmur.mix(hash) >>> 32) & 0xffffffffL) * shards) >>> 32);
    }
}
