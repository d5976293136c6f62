package io.legion.core.shard;

/// Why a participant originates nothing for a while (R8, R32).
///
/// @param kind by what it came about
/// @param why what happened, and what ends it
/// @param atMostMillis after how long it ends by itself if nothing new happens
public record Silence(Kind kind, String why, long atMostMillis) {
    /// By what a silence comes about.
    public enum Kind {
        /// Others say that this participant's clock is ahead (R8).
        CLOCK,
        /// The participant has promised its own removal (R32).
        REMOVAL
    }
}
