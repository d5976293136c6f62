package io.legion.memory;

import org.jspecify.annotations.Nullable;

/// An entry of a log in a store in memory, as it was at one moment: no change of the log shows in it.
final class MemoryEntry {
    final byte[] key;

    /// Null if there was none.
    final byte @Nullable [] value;

    MemoryEntry(byte[] key, byte @Nullable [] value) {
        this.key = key;
        this.value = value;
    }
}
