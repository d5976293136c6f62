package io.legion.store.postgres.read;

import io.legion.core.Bytes;
import io.legion.service.LruCache;
import io.legion.store.postgres.batch.BatchChanges;
import java.util.BitSet;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// What was read lately. It never gives what a write has changed: a write forgets its keys before it is sent, and
/// until it is answered nobody keeps what was read of the keys that share a stripe with them.
public final class ReadCache {

    private static final int STRIPES = 256;

    private final LruCache<Bytes, Optional<byte[]>> cache;
    private final ReentrantLock lock = new ReentrantLock();

    /// How often each stripe changed; odd while a write is under way.
    private final int[] stamps = new int[STRIPES];

    public ReadCache(LruCache<Bytes, Optional<byte[]>> cache) {
        this.cache = cache;
    }

    /// The value of a key, from the cache or else read now; empty if it has none.
    public Optional<byte[]> get(Bytes key, Supplier<Optional<byte[]>> read) {
        var cached = cache.get(key);
        if (cached != null) {
            return cached;
        }
        int stamp = stamp(key);
        var value = read.get();
        keep(key, stamp, value);
        return value;
    }

    private int stamp(Bytes key) {
        lock.lock();
        try {
            return stamps[stripe(key)];
        } finally {
            lock.unlock();
        }
    }

    /// Keeps what was read, if nothing of its stripe was written since the stamp was taken.
    private void keep(Bytes key, int stamp, Optional<byte[]> value) {
        lock.lock();
        try {
            if ((stamp & 1) == 0 && stamps[stripe(key)] == stamp) {
                cache.put(key, value);
            }
        } finally {
            lock.unlock();
        }
    }

    /// A write begins. One at a time.
    ///
    /// @return what [#end] is to be given
    public BitSet begin(BatchChanges changes) {
        var touched = new BitSet(STRIPES);
        lock.lock();
        try {
            if (changes.hasRanges()) {
                touched.set(0, STRIPES);
                cache.clear();
            } else {
                for (var key : changes.keys()) {
                    touched.set(stripe(key));
                    cache.invalidate(key);
                }
            }
            touched.stream().forEach(stripe -> stamps[stripe]++);
        } finally {
            lock.unlock();
        }
        return touched;
    }

    /// The write was answered, or failed.
    public void end(BitSet touched) {
        lock.lock();
        try {
            touched.stream().forEach(stripe -> stamps[stripe]++);
        } finally {
            lock.unlock();
        }
    }

    private static int stripe(Bytes key) {
        return Math.floorMod(key.hashCode(), STRIPES);
    }
}
