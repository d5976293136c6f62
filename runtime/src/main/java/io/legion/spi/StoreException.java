package io.legion.spi;

/// The world failed the store: a disk that is full or broken, a database that is away, bytes that are damaged,
/// a store that another process uses, or something that is no store.
///
/// **What is true afterwards.** After a failed *write* the caller cannot know whether the batch will be there
/// when the store is opened again (all of it, or nothing). The store refuses all further writes with this
/// exception. It can still be read, and must be closed. A failed *read* says nothing about the key: neither
/// that it is there nor that it is absent. A failed *open* has changed nothing.
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// @param message what happened, what is true now, and what to do
    public StoreException(String message) {
        super(message);
    }

    /// @param message what happened, what is true now, and what to do
    /// @param cause what the engine said
    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
