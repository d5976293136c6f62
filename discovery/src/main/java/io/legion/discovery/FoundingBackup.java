package io.legion.discovery;

import io.legion.backup.Backup;
import io.legion.backup.BackupException;
import io.legion.core.PartitionType;
import io.legion.founding.FoundingData;
import io.legion.founding.FoundingDataException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A backup that is looked at only when a cluster is founded from it, so it may be gone later.
///
/// @param number which backup of the directory; null for the latest
record FoundingBackup(Path directory, @Nullable Integer number, PartitionType<?> type) implements FoundingData {
    private Backup backup() {
        try {
            return (number == null ? Backup.at(directory) : Backup.at(directory, number)).readableBy(type);
        } catch (BackupException refused) {
            throw new FoundingDataException(String.valueOf(refused.getMessage()), refused);
        }
    }

    @Override
    public String title() {
        return backup().title();
    }

    @Override
    public long read(long from, Recipient recipient) {
        return backup().read(from, recipient);
    }
}
