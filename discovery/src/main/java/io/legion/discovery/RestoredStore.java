package io.legion.discovery;

import io.legion.Legion;
import io.legion.LegionSettings;
import io.legion.StartupException;
import io.legion.discovery.registry.Registrations;
import io.legion.founding.FoundingData;
import io.legion.service.Logger;
import io.legion.spi.Store;
import io.legion.spi.StoreIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The store of a node that founds a cluster from data and stops again.
///
/// A file beside the store says that this is under way: one that was interrupted goes on, and no other store with
/// contents is touched.
///
/// @param directory of the store
record RestoredStore(Path directory, Store store, Logger logger) {

    /// Founds the cluster.
    ///
    /// @throws StartupException if the store belongs to a cluster
    StoreIdentity found(LegionSettings settings, FoundingData data) throws IOException {
        var mark = directory.resolveSibling(directory.getFileName() + ".restoring");
        if (store.identity().isPresent() && !Files.exists(mark)) {
            throw new StartupException("The store " + directory + " belongs to the cluster '"
                    + store.identity().get().clusterName()
                    + "', so nothing was restored. Nothing was changed. Name a store that is not there yet, or move this"
                    + " one away.");
        }
        Files.writeString(mark, data.title() + "\n");
        StoreIdentity identity;
        try (var legion = Legion.with(settings)
                .mayFound(true)
                .store(store)
                .logger(logger)
                .founding(data)
                .open(Registrations.TYPE)) {
            identity = legion.operations().identity();
        }
        Files.delete(mark);
        return identity;
    }
}
