package io.legion.contracts;

import io.legion.memory.MemoryStore;
import io.legion.service.ByteSize;
import io.legion.spi.Store;
import org.jspecify.annotations.Nullable;

/// A store in memory that is as large as its maximum.
final class MemoryPlace implements StorePlace {

    private final MemoryStore.Config config;
    private @Nullable MemoryStore store;

    MemoryPlace(long maxBytes) {
        config = new MemoryStore.Config(new ByteSize(maxBytes));
    }

    @Override
    public Store open() {
        var opened = MemoryStore.open(config);
        store = opened;
        return opened;
    }

    @Override
    public void shut() {
        if (store != null) {
            store.close();
        }
    }

    @Override
    public void crash() {
        shut();
    }

    @Override
    public void close() {
        shut();
    }
}
