package io.legion.runtime.storage;

import io.legion.core.RequestId;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import io.legion.spi.StoreException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The latest requests that were answered FAST, did not get into history and were too old to submit again, for
/// the operator (R54). The store keeps the list, so it outlives a restart.
public final class LostRequests {
    private static final int MOST = 1_000;

    private final Store store;

    /// By number, in the order of listing. Read at the first use: until a node has begun, its start may empty
    /// the store.
    private @Nullable NavigableMap<Long, RequestId> listed;

    public LostRequests(Store store) {
        this.store = store;
    }

    public List<RequestId> all() {
        return List.copyOf(listed().values());
    }

    /// Lists one more, and forgets the oldest if there are too many. A request that is listed already, because
    /// the process ended before striking it as salvage, stays as it is.
    ///
    /// The write is handed to the operating system, so no later write survives without it.
    ///
    /// @throws StoreException if the write fails: then the request is not listed
    public void add(RequestId id) {
        var known = listed();
        if (known.containsValue(id)) {
            return;
        }
        long number = known.isEmpty() ? 0 : known.lastKey() + 1;
        var batch = new Batch().put(ShardLayout.lost(number), value(id));
        if (known.size() == MOST) {
            batch.delete(ShardLayout.lost(known.firstKey()));
        }
        store.write(batch, Durability.HANDED_OVER);
        known.put(number, id);
        if (known.size() > MOST) {
            known.pollFirstEntry();
        }
    }

    private NavigableMap<Long, RequestId> listed() {
        var known = listed;
        if (known == null) {
            var read = new TreeMap<Long, RequestId>();
            byte[] from = ShardLayout.allLost();
            store.scan(from, ShardLayout.after(from), (key, value) -> {
                read.put(ShardLayout.numberOfLost(key), id(value));
                return true;
            });
            known = read;
            listed = read;
        }
        return known;
    }

    private static byte[] value(RequestId id) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.client())
                .putLong(id.number())
                .array();
    }

    private static RequestId id(byte[] value) {
        var numbers = ByteBuffer.wrap(value);
        return new RequestId(numbers.getLong(), numbers.getLong());
    }
}
