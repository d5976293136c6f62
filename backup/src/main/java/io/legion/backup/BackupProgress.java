package io.legion.backup;

/// Hears how far a backup, its check or a search in it is.
///
/// **Threads.** Any, several at once.
@FunctionalInterface
public interface BackupProgress {
    /// For whom nobody wants to hear.
    BackupProgress NONE = (_, _, _) -> {};

    /// So far it is.
    ///
    /// @param shards how many shards are done
    /// @param ofShards how many there are
    /// @param bytes how many bytes of states were read
    void at(int shards, int ofShards, long bytes);
}
