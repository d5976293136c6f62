package io.legion.runtime.start;

import io.legion.LegionSettings;
import io.legion.StartupException;
import io.legion.core.shard.PartitionTypes;
import io.legion.founding.FoundingData;
import io.legion.founding.FoundingDataException;
import io.legion.runtime.founding.FoundingImport;
import io.legion.runtime.storage.FoundingProgress;
import io.legion.runtime.storage.NodeMarks;
import io.legion.service.Logger;
import io.legion.spi.Store;
import org.jspecify.annotations.Nullable;

/// What the store of a founder holds before the first shard begins there.
///
/// @param data with what the cluster begins; null if with nothing
record Beginning(
        LegionSettings settings,
        PartitionTypes types,
        Store store,
        @Nullable FoundingData data,
        Logger logger) {

    boolean hasData() {
        return data != null;
    }

    /// Data that are not there, or are not what they should be, are refused before the store belongs to a cluster.
    ///
    /// @throws StartupException if they cannot be read
    void requireReadable() {
        if (data == null) {
            return;
        }
        try {
            var _ = data.title();
        } catch (FoundingDataException unreadable) {
            throw notFounded(unreadable);
        }
    }

    /// Brings the store there, whatever a founding that was interrupted has left.
    ///
    /// @throws StartupException if the cluster cannot be founded from the data
    void prepare() {
        requireNothingLeftOut();
        if (data == null) {
            NodeMarks.begin(store);
            return;
        }
        try {
            new FoundingImport(store, settings.shards(), types, logger).take(data);
        } catch (FoundingDataException refused) {
            throw notFounded(refused);
        }
    }

    private StartupException notFounded(FoundingDataException refused) {
        return new StartupException(
                "The cluster '" + settings.clusterName() + "' was not founded. " + refused.getMessage()
                        + " Nothing of the data is served. Mend them, and start this node again.",
                refused);
    }

    /// To begin with nothing, or to join, would drop in silence what an earlier start took in.
    ///
    /// @throws StartupException if there are no data, and an earlier start had some
    void requireNothingLeftOut() {
        if (data != null || store.identity().isEmpty()) {
            return;
        }
        FoundingProgress.of(store).ifPresent(progress -> {
            throw new StartupException("An earlier start began to found the cluster '" + settings.clusterName()
                    + "' from " + progress.title() + " and took in " + progress.records()
                    + " records, and this start was given no data. Nothing was changed. Give the data again, or empty"
                    + " the store to begin with nothing.");
        });
    }
}
