package io.legion.runtime.storage;

import io.legion.core.shard.PartitionAddress;
import io.legion.service.LruCache;
import org.jspecify.annotations.Nullable;

/// The decoded states of recently used partitions, and which of these have none.
public final class StateCache {
    /// About what an entry costs beside the bytes of its key and state.
    private static final int OVERHEAD = 160;

    /// A state, or that there is none, with its encoded size.
    public record Cached(@Nullable Object state, int bytes) {}

    static final Cached ABSENT = new Cached(null, 0);

    private final LruCache<PartitionAddress, Cached> cache;

    /// On this cache, which weighs by [#weigh].
    public StateCache(LruCache<PartitionAddress, Cached> cache) {
        this.cache = cache;
    }

    /// What an entry counts against the bound, in bytes.
    public static int weigh(PartitionAddress address, Cached cached) {
        return OVERHEAD + address.key().bytes().size() + cached.bytes();
    }

    @Nullable
    public Cached find(PartitionAddress address) {
        return cache.get(address);
    }

    public void put(PartitionAddress address, Object state, int bytes) {
        cache.put(address, new Cached(state, bytes));
    }

    public void putAbsent(PartitionAddress address) {
        cache.put(address, ABSENT);
    }

    public void clear() {
        cache.clear();
    }
}
