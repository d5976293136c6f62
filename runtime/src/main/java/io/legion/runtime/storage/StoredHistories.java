package io.legion.runtime.storage;

import io.legion.core.shard.StoredEntry;
import io.legion.spi.Store;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/// What all replicas of a store together note of their histories and logs.
public final class StoredHistories {
    private StoredHistories() {}

    /// Eight hexadecimal digits: others once anything was accepted or folded.
    public static String checksum(Store store) {
        var checksum = new CRC32C();
        for (byte kind : new byte[] {'e', 'r'}) {
            store.scan(new byte[] {kind}, new byte[] {(byte) (kind + 1)}, (key, value) -> {
                checksum.update(key);
                checksum.update(value);
                return true;
            });
        }
        return HexFormat.of().toHexDigits((int) checksum.getValue());
    }

    /// How many events the replicas keep as salvage, to submit them again (R50).
    public static int salvaged(Store store, int shards) {
        int[] salvaged = {0};
        for (int shard = 0; shard < shards; shard++) {
            byte[] from = ShardLayout.record(shard, StoredEntry.SALVAGE);
            store.scan(from, ShardLayout.after(from), (_, _) -> {
                salvaged[0]++;
                return true;
            });
        }
        return salvaged[0];
    }
}
