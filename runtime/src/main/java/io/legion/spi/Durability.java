package io.legion.spi;

/// How far a write has gone when [Store#write] returns, from the weakest to the strongest.
public enum Durability {
    /// It is in the memory of this process: it survives nothing but a clean close of the store.
    MEMORY,

    /// It was handed to the operating system: it survives the death of this process, but not of the machine.
    HANDED_OVER,

    /// It was forced to disk: it survives the machine, as far as the disk keeps its word.
    FORCED;

    /// Whether a write of this durability is at least as safe as one of the `other`.
    public boolean covers(Durability other) {
        return compareTo(other) >= 0;
    }
}
