package io.legion.store.rocksdb;

import io.legion.contracts.StoreContract;
import io.legion.contracts.StorePlace;

final class RocksDbStoreTest extends StoreContract {

    @Override
    protected StorePlace place() {
        return RocksPlace.temporary();
    }
}
