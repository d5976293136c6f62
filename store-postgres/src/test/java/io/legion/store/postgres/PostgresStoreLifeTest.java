package io.legion.store.postgres;

import io.legion.contracts.StoreLifeContract;
import io.legion.contracts.StorePlace;

final class PostgresStoreLifeTest extends StoreLifeContract {

    @Override
    protected StorePlace place() {
        return new PostgresPlace(TestServer.shared());
    }
}
