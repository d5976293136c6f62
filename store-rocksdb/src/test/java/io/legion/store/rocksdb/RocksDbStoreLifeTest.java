package io.legion.store.rocksdb;

import io.legion.contracts.StoreLifeContract;
import io.legion.contracts.StorePlace;

final class RocksDbStoreLifeTest extends StoreLifeContract {

    @Override
    protected StorePlace place() {
        return RocksPlace.temporary();
    }
}
