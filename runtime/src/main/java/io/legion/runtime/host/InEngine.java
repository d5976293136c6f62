package io.legion.runtime.host;

/// Marks the threads that work for a node at the moment, of whichever Legion of this process.
///
/// What such a thread calls of the user's (an event, an index function, a codec, a logger) must not call
/// Legion: it would wait for work that only this thread, or one that waits for it, can do.
public final class InEngine {
    /// How many nodes the thread works for: a node may give a frame to another one of its process itself.
    private static final ThreadLocal<int[]> DEPTH = ThreadLocal.withInitial(() -> new int[1]);

    private InEngine() {}

    static void enter() {
        DEPTH.get()[0]++;
    }

    static void leave() {
        DEPTH.get()[0]--;
    }

    /// Refuses a call of a thread that works for a node.
    ///
    /// @throws IllegalStateException if this one does
    public static void requireOutside() {
        if (DEPTH.get()[0] > 0) {
            throw new IllegalStateException(
                    "Legion was called from within its own work: by an event's apply, an index function, a codec, a"
                            + " logger or a monitor. Nothing was asked and nothing was changed. An event may use its"
                            + " state, its own fields and its context, and nothing else: ask Legion before, and put"
                            + " what it says into the event.");
        }
    }
}
