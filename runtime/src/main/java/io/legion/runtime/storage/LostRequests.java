package io.legion.runtime.storage;

import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import io.legion.spi.StoreException;
import io.legion.core.RequestId;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The requests that were answered FAST, did not get into history and were too old to be submitted again, for the
/// operator (R54): the latest ones, in the store, so that they are there after a restart.
public final class LostRequests {
    private static final int MOST = 1_000;

    private final Store store;

    /// By number, in the order in which they were listed. Read at the first use: until a node has begun, its store may
    /// be emptied.
    private @Nullable NavigableMap<Long, RequestId> listed;

    LostRequests(Store store) {
        this.store = store;
    }

    List<RequestId> all() {
        return List.copyOf(listed().values());
    }

    /// Lists one more, and forgets the first where there are too many. A request that is listed already, because the
    /// process ended before it was struck as salvage, is not listed again.
    ///
    /// What is written later is not there without it: it is as strong as what the operating system keeps.
    ///
    /// @throws StoreException if it can not be written: then it is not listed
    void add(RequestId id) {
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
