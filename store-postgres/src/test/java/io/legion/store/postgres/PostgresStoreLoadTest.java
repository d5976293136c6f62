package io.legion.store.postgres;

import io.legion.contracts.StoreLoadContract;
import io.legion.contracts.StorePlace;
import java.util.Optional;

final class PostgresStoreLoadTest extends StoreLoadContract {

    @Override
    protected StorePlace place() {
        return new PostgresPlace(TestServer.shared());
    }

    @Override
    protected Optional<StorePlace> smallPlace() throws Exception {
        return SmallTablespace.mounted().map(place -> place);
    }
}
