package io.legion.discovery;

import io.legion.backup.Backup;
import io.legion.core.PartitionKey;
import io.legion.operations.ByteText;
import io.legion.operations.StateJson;
import io.legion.service.ConfigurationException;
import java.util.Optional;

/// One partition of a backup, of whatever service.
///
/// @param type the name of its type
record BackedPartition(String type, PartitionKey key) {
    /// Reads `TYPE/KEY`, the key as the admin service and its commands write it.
    ///
    /// @throws ConfigurationException if it is none
    static BackedPartition of(String text) {
        int slash = text.indexOf('/');
        try {
            return new BackedPartition(
                    text.substring(0, Math.max(0, slash)), new PartitionKey(ByteText.parse(text.substring(slash + 1))));
        } catch (IllegalArgumentException malformed) {
            throw new ConfigurationException("--only takes TYPE/KEY: " + malformed.getMessage(), malformed);
        }
    }

    /// Its state as JSON; empty if it had its initial one.
    ///
    /// @throws io.legion.backup.BackupException if the cluster had no such type, or a file is damaged
    Optional<String> json(Backup backup) {
        return backup.find(type, key)
                .map(state -> backup.types().stream()
                        .filter(shape -> shape.name().equals(type))
                        .map(shape -> StateJson.of(shape, state))
                        .findFirst()
                        .orElseThrow());
    }
}
