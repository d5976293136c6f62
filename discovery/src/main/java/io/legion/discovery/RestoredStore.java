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
    /// @throws StartupException if the store belongs to a cluster, or to an interrupted restore of other data
    StoreIdentity found(LegionSettings settings, FoundingData data) throws IOException {
        var mark = directory.resolveSibling(directory.getFileName() + ".restoring");
        var title = data.title();
        if (store.identity().isPresent()) {
            requireOwn(mark, title, store.identity().get());
        }
        Files.writeString(mark, title + "\n");
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

    /// The store of an interrupted restore may have all of its data already, and would take no others.
    private void requireOwn(Path mark, String title, StoreIdentity present) throws IOException {
        if (!Files.exists(mark)) {
            throw new StartupException("The store " + directory + " belongs to the cluster '" + present.clusterName()
                    + "', so nothing was restored. The store is as it was. Name one that is not there yet, or move this"
                    + " one away.");
        }
        var begun = Files.readString(mark).strip();
        if (!begun.equals(title)) {
            throw new StartupException("A restore of " + (begun.isEmpty() ? "a backup" : begun) + " into the store "
                    + directory + " was interrupted, and this would be one of " + title
                    + ". Nothing was restored, and the"
                    + " store is as it was. Finish the other one first, by its --number; or move the store and " + mark
                    + " away.");
        }
    }
}
