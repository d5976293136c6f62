package io.legion.operations;

import io.legion.core.Bytes;

/// A piece of an [Extract]: of one of its sections, or its end.
///
/// A section is a run of states in the order of their addresses, each as [ExtractedState] writes it, all of them
/// deflated (RFC 1951). Where it ends depends on keys and sizes near its end only, so what changes elsewhere in the
/// shard leaves it as it is.
///
/// @param isEnd true after the last section
/// @param digest the SHA-256 of the section, not deflated; at the end, of all sections one after the other
/// @param states how many states it has; at the end, all of them
/// @param bytes how many bytes they take, not deflated; at the end, all of them
/// @param deflatedBytes how many bytes the section has deflated; 0 if it is the one that was expected, and at the end
/// @param last the address of its last state, as [ExtractedState] writes addresses; empty at the end
/// @param content its deflated bytes from the offset that was asked for, no more than [#MOST_BYTES] of them
public record ExtractPiece(
        boolean isEnd, Bytes digest, long states, long bytes, int deflatedBytes, Bytes last, Bytes content) {
    /// The most bytes of content.
    public static final int MOST_BYTES = 512 * 1024;
}
