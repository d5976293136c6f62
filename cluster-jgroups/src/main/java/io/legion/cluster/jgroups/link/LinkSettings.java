package io.legion.cluster.jgroups.link;

/// How far a peer may lag behind, and how long it may be silent.
///
/// @param windowBytes that may be on their way to a peer
/// @param unreachableNanos of silence after which a peer counts as unreachable
public record LinkSettings(long windowBytes, long unreachableNanos) {

    private static final int PROBES = 8;
    private static final long MOST_UNTOLD_BYTES = 64 * 1024;

    /// From one probe to the next: a few may be lost before a peer counts as unreachable.
    long probeNanos() {
        return unreachableNanos / PROBES;
    }

    /// After this many processed bytes at the latest, this side tells the peer that it processed them.
    long acknowledgeAfterBytes() {
        return Math.min(windowBytes / 4, MOST_UNTOLD_BYTES);
    }
}
