package io.legion.store.rocksdb.damage;

import io.legion.spi.Batch;

/// Shows the ranges of keys that a batch drops.
///
/// @param action what to do with each
public record DroppedRanges(Action action) implements Batch.Visitor {
    /// What is done with a range.
    public interface Action {
        /// Takes it; `to` is the key after it.
        void take(byte[] from, byte[] to);
    }

    @Override
    public void put(byte[] key, byte[] value) {}

    @Override
    public void delete(byte[] key) {}

    @Override
    public void deleteRange(byte[] from, byte[] to) {
        action.take(from, to);
    }
}
