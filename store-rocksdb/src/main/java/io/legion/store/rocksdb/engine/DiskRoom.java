package io.legion.store.rocksdb.engine;

/// What a disk that was full has for the engine to go on.
///
/// @param needed how many bytes must be free: the engine does not try with less than a buffer, and then writes
///     all that is in memory into a table
/// @param free how many bytes are free
/// @param writing whether the engine writes tables now: it goes on only after that
public record DiskRoom(long needed, long free, boolean writing) {
    /// True if nothing keeps the engine from going on.
    public boolean isEnough() {
        return free >= needed && !writing;
    }
}
