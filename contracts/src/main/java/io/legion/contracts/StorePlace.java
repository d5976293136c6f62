package io.legion.contracts;

import io.legion.spi.Store;
import java.io.IOException;

/// Where one store lives, for the tests of [StoreContract]: it can be opened, closed and opened again, and
/// crashed.
public interface StorePlace extends AutoCloseable {

    /// Opens the store; it is not open now.
    Store open();

    /// Closes the store properly, if it is open.
    void shut();

    /// What the death of the process would leave (`kill -9`), not of the machine: the next [#open] finds that.
    /// A store that gives [io.legion.spi.Durability#MEMORY] only is empty then.
    void crash();

    /// Shuts the store and removes the place.
    @Override
    void close() throws IOException;
}
