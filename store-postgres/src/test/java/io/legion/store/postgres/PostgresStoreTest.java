package io.legion.store.postgres;

import io.legion.contracts.StoreContract;
import io.legion.contracts.StorePlace;

final class PostgresStoreTest extends StoreContract {

    @Override
    protected StorePlace place() {
        return new PostgresPlace(TestServer.shared());
    }
}
