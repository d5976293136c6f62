package io.legion.core.shard;

/// The settings of a replica. The three `remembered` ones shape the state (R52): they are the same on all
/// participants and never change; the others may differ.
///
/// @param maxClockAheadMillis how far another node's wall clock may be ahead of the local one before its events
///     wait
/// @param resendMillis after how long a replica sends an unacknowledged delta, or a question, again; a row that
///     nobody waits for goes out after a quarter of it
/// @param decideTimeoutMillis how long a frozen epoch waits for its proposer before another one finishes it
/// @param returnMillis how long a returning replica waits at most for the other participants to say what they
///     know of it, before it serves (R72)
/// @param rememberedOutputs for how many of the last folded requests it remembers the output, for retries
/// @param rememberedBytes the most that it remembers of applied requests; each run of a client's numbers counts
///     128 bytes, each single id 64
/// @param rememberedMillis within which event time a request that is tried again counts once; it remembers a
///     single id, or the numbers of a silent client, for twice as long
/// @param maxOutstanding how many events may be outstanding before it refuses requests
/// @param hashEvery after how many folds the replicas compare a hash of their history and states
/// @param pieceBytes the size, in bytes, at which a piece of a copy to a joining participant ends
public record ReplicaSettings(
        long maxClockAheadMillis,
        long resendMillis,
        long decideTimeoutMillis,
        long returnMillis,
        int rememberedOutputs,
        long rememberedBytes,
        long rememberedMillis,
        int maxOutstanding,
        int hashEvery,
        int pieceBytes) {
    /// A year.
    private static final long LONGEST_MILLIS = 365L * 24 * 3_600_000;

    /// The most outputs that a replica can remember.
    private static final int MOST_OUTPUTS = 1 << 20;

    /// The least and the most that a replica can remember of applied requests: more would not fit into the
    /// message with which a participant starts.
    private static final long LEAST_REMEMBERED = RequestMemory.RUN_BYTES;

    private static final long MOST_REMEMBERED = 16 << 20;

    private static final int MOST_PIECE_BYTES = 64 << 20;

    /// @throws IllegalArgumentException if a value is out of its range; the message names it
    public ReplicaSettings {
        within("maxClockAheadMillis", maxClockAheadMillis, 0, LONGEST_MILLIS);
        within("resendMillis", resendMillis, 1, LONGEST_MILLIS);
        within("decideTimeoutMillis", decideTimeoutMillis, 1, LONGEST_MILLIS);
        within("returnMillis", returnMillis, 0, LONGEST_MILLIS);
        within("rememberedOutputs", rememberedOutputs, 1, MOST_OUTPUTS);
        within("rememberedBytes", rememberedBytes, LEAST_REMEMBERED, MOST_REMEMBERED);
        within("rememberedMillis", rememberedMillis, 0, LONGEST_MILLIS);
        within("maxOutstanding", maxOutstanding, 1, Integer.MAX_VALUE);
        within("hashEvery", hashEvery, 1, Integer.MAX_VALUE);
        within("pieceBytes", pieceBytes, 1, MOST_PIECE_BYTES);
    }

    /// The defaults: one minute ahead, resend after 400 ms, 2 s to decide, 2 s to come back, 1,024 outputs
    /// and 2 MiB of applied requests remembered for an hour, 100,000 events outstanding, a hash every 64 folds,
    /// pieces of 64 KiB.
    public static ReplicaSettings defaults() {
        return new ReplicaSettings(60_000, 400, 2_000, 2_000, 1_024, 2 << 20, 3_600_000, 100_000, 64, 64 * 1024);
    }

    private static void within(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be from " + least + " to " + most + ", not " + value);
        }
    }
}
