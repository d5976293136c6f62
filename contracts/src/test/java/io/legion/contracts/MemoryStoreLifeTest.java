package io.legion.contracts;

final class MemoryStoreLifeTest extends StoreLifeContract {

    @Override
    protected StorePlace place() {
        return new MemoryPlace(1 << 30);
    }
}
