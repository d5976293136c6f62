package io.legion.contracts;

final class MemoryStoreTest extends StoreContract {

    @Override
    protected StorePlace place() {
        return new MemoryPlace(1 << 30);
    }
}
