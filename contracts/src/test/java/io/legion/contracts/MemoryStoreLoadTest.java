package io.legion.contracts;

import java.util.Optional;

final class MemoryStoreLoadTest extends StoreLoadContract {

    @Override
    protected StorePlace place() {
        return new MemoryPlace(1 << 30);
    }

    @Override
    protected Optional<StorePlace> smallPlace() {
        return Optional.of(new MemoryPlace(4 << 20));
    }
}
