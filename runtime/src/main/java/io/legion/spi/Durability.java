package io.legion.spi;

/// How far a write has gone when [Store#write] returns, from the weakest to the strongest.
public enum Durability {
    /// In the memory of this process: survives nothing but a clean close of the store.
    MEMORY,

    /// Handed to the operating system: survives the death of this process, but not of the machine.
    HANDED_OVER,

    /// Forced to disk: survives the death of the machine, as far as the disk keeps its word.
    FORCED;

    /// True if a write of this durability is at least as safe as one of the `other`.
    public boolean covers(Durability other) {
        return compareTo(other) >= 0;
    }
}
