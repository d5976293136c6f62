package io.legion.discovery;

import io.legion.core.PartitionType;
import io.legion.founding.FoundingData;
import io.legion.founding.FoundingDataException;
import io.legion.founding.GivenUpStore;
import io.legion.founding.JsonLines;
import io.legion.service.Configuration;
import io.legion.service.Default;
import io.legion.service.Logger;
import io.legion.service.Managed;
import io.legion.service.Monitor;
import io.legion.spi.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the cluster begins with, if the node founds it.
public sealed interface FoundingChoice {
    /// The data of this choice, which are read only to found the cluster.
    FoundingData data(PartitionType<?> type, Logger logger, Monitor monitor);

    /// Files of JSON lines, such as `./legion import` puts there.
    ///
    /// @param directory where they are, named after the types of their partitions
    record Lines(Path directory) implements FoundingChoice {
        @Override
        public FoundingData data(PartitionType<?> type, Logger logger, Monitor monitor) {
            return JsonLines.directory(directory, type);
        }
    }

    /// A backup of another registry.
    ///
    /// @param directory of the backups
    /// @param number which of them; without it the latest
    record Backup(Path directory, @Nullable Integer number) implements FoundingChoice {
        @Override
        public FoundingData data(PartitionType<?> type, Logger logger, Monitor monitor) {
            var backup = number == null
                    ? io.legion.backup.Backup.at(directory)
                    : io.legion.backup.Backup.at(directory, number);
            return backup.readableBy(type);
        }
    }

    /// The store of a node of a cluster that is given up.
    ///
    /// @param clusterName the name of that cluster
    /// @param directory of the node's RocksDB
    /// @param withoutSalvage whether to leave out what the node had still to submit again; else such a store is
    ///     refused
    record GivenUp(
            String clusterName,
            Path directory,
            @Default("false") boolean withoutSalvage) implements FoundingChoice {
        @Override
        public FoundingData data(PartitionType<?> type, Logger logger, Monitor monitor) {
            var old = GivenUpStore.of(clusterName, store(logger, monitor), logger, type);
            return withoutSalvage ? old.withoutSalvage() : old;
        }

        private Managed<? extends Store> store(Logger logger, Monitor monitor) {
            var store = Configuration.defaults(StoreChoice.RocksDb.class, Map.of("directory", directory));
            return Managed.pure(directory).flatMap(path -> {
                requireThere(path);
                return store.open(logger, monitor);
            });
        }

        /// A directory that is missing would become a new store.
        private static void requireThere(Path path) {
            if (!Files.isDirectory(path)) {
                throw new FoundingDataException("There is no store at " + path + ".");
            }
        }
    }
}
