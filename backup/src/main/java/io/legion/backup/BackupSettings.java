package io.legion.backup;

import io.legion.service.Default;
import java.time.Duration;

/// How a backup is taken.
///
/// @param patience how long shards may take until they have in history what was answered before; longer than
///     `placement.replaceAfter`, after which the cluster goes on without a dead node
/// @param full copies everything, and shares no file with earlier backups
/// @param keep how many backups a directory keeps: older ones go once a new one is complete
public record BackupSettings(
        @Default("90s") Duration patience,
        @Default("false") boolean full,
        @Default("7") int keep) {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /// The usual values.
    public static final BackupSettings USUAL = new BackupSettings(Duration.ofSeconds(90), false, 7);

    /// @throws IllegalArgumentException if a value is outside its bounds
    public BackupSettings {
        if (patience.toMillis() < 100 || patience.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "patience must be 100ms to " + LONGEST.toMinutes() + "m, but is " + patience.toMillis() + "ms.");
        }
        if (keep < 1) {
            throw new IllegalArgumentException("at least 1 backup is kept, not " + keep + ".");
        }
    }
}
