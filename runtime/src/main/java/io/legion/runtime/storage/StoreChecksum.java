package io.legion.runtime.storage;

import io.legion.spi.Store;
import java.util.zip.CRC32C;

/// A checksum over what all replicas of a store note of their histories and logs: another one once anything was
/// accepted or folded.
public final class StoreChecksum {
    private StoreChecksum() {}

    /// Eight hexadecimal digits.
    public static String of(Store store) {
        var checksum = new CRC32C();
        for (byte kind : new byte[] {'e', 'r'}) {
            store.scan(new byte[] {kind}, new byte[] {(byte) (kind + 1)}, (key, value) -> {
                checksum.update(key);
                checksum.update(value);
                return true;
            });
        }
        return "%08x".formatted(checksum.getValue());
    }
}
