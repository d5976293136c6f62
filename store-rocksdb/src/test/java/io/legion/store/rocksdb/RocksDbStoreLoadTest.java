package io.legion.store.rocksdb;

import io.legion.contracts.StoreLoadContract;
import io.legion.contracts.StorePlace;
import java.util.Optional;

final class RocksDbStoreLoadTest extends StoreLoadContract {

    @Override
    protected StorePlace place() {
        return RocksPlace.temporary();
    }

    @Override
    protected Optional<StorePlace> smallPlace() throws Exception {
        return SmallDisk.mounted().map(disk -> disk);
    }
}
