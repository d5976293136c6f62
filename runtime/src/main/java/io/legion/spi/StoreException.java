package io.legion.spi;

/// The world failed the store: a disk that is full or broken, a database that is away, bytes that are damaged,
/// a store that another process uses, or something that is no store.
///
/// **What is true afterwards.** After a failed *write* the caller cannot know whether the batch will be there
/// when the store is opened again (all of it, or nothing). The store refuses all further writes with this
/// exception. It can still be read, and must be closed. Only a store that is [Full] may go on. A failed *read*
/// says nothing about the key: neither that it is there nor that it is absent. A failed *open* has changed
/// nothing.
public sealed class StoreException extends RuntimeException {

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

    /// Something that the store holds is damaged: it cannot read all of it, or not go on with it. What it has
    /// acknowledged since it was opened may be whole; after a failed write it takes no more.
    public static final class Damaged extends StoreException {

        private static final long serialVersionUID = 1L;

        /// @param message what is damaged, what is true now, and what to do
        /// @param cause what the engine said
        public Damaged(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /// The store has no room for the batch. Nothing of it is there as long as the store stays open. Opened anew,
    /// it may hold the batch, all of it, as after any write of which nobody saw the end. The store can be read,
    /// and takes writes again, without being opened anew, once there is room: each write until then says this
    /// again. If the store finds that it cannot go on by itself, it says so with a plain [StoreException], and
    /// has failed.
    public static final class Full extends StoreException {

        private static final long serialVersionUID = 1L;

        /// @param message what is full, and how to make room
        public Full(String message) {
            super(message);
        }

        /// @param message what is full, and how to make room
        /// @param cause what the engine said
        public Full(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
