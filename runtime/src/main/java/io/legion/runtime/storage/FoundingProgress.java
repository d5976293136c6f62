package io.legion.runtime.storage;

import io.legion.core.Bytes;
import io.legion.core.shard.PartitionAddress;
import io.legion.spi.Batch;
import io.legion.spi.Store;
import java.nio.ByteBuffer;
import java.util.Optional;

/// How much of the data with which a cluster is founded is in the founder's store, until the cluster is founded.
///
/// @param title names the data
/// @param records how many of their records are in the store, from the first on
public record FoundingProgress(String title, long records) {
    private static final byte[] PROGRESS = ShardLayout.nodeRecord("founding.progress");
    private static final byte[] INITIAL = ShardLayout.nodeRecord("founding.initial.");

    /// Empty if none of the data are there, or the cluster is founded.
    public static Optional<FoundingProgress> of(Store store) {
        byte[] value = store.get(PROGRESS);
        if (value == null) {
            return Optional.empty();
        }
        String title = Bytes.copyOf(value, Long.BYTES, value.length).text();
        return Optional.of(new FoundingProgress(title, ByteBuffer.wrap(value).getLong()));
    }

    /// Notes it, in the same batch as the records.
    public void note(Batch batch) {
        byte[] text = Bytes.of(title).shared();
        var value =
                ByteBuffer.allocate(Long.BYTES + text.length).putLong(records).put(text);
        batch.put(PROGRESS, value.array());
    }

    /// The key that says that the data have this partition, in its initial state: that takes no room as a state.
    public static byte[] initial(PartitionAddress address) {
        byte[] key = address.key().bytes().shared();
        return ByteBuffer.allocate(INITIAL.length + Integer.BYTES + key.length)
                .put(INITIAL)
                .putInt(address.type())
                .put(key)
                .array();
    }

    static void forget(Batch batch) {
        batch.delete(PROGRESS).deleteRange(INITIAL, ShardLayout.after(INITIAL));
    }
}
