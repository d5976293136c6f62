package io.legion.backup.files;

import io.legion.core.Bytes;

/// A section of a shard, and where it is.
///
/// @param digest the SHA-256 of the section, not deflated
/// @param by the number of the backup that wrote it
/// @param offset where it begins in that backup's file of the shard
/// @param deflatedBytes how many bytes it has there
/// @param bytes how many bytes it has, not deflated
/// @param states how many states it has
/// @param last the address of its last state
record ListedSection(Bytes digest, int by, long offset, int deflatedBytes, int bytes, long states, Bytes last) {
    private static final int PARTS = 7;

    String line() {
        return String.join(
                " ",
                Digests.hex(digest),
                Integer.toString(by),
                Long.toString(offset),
                Integer.toString(deflatedBytes),
                Integer.toString(bytes),
                Long.toString(states),
                Digests.hex(last));
    }

    /// @throws IllegalArgumentException if the line is none
    static ListedSection parse(String line) {
        var parts = line.split(" ", -1);
        if (parts.length != PARTS) {
            throw new IllegalArgumentException("a line with " + parts.length + " parts");
        }
        return new ListedSection(
                Digests.parsed(parts[0]),
                Integer.parseInt(parts[1]),
                Long.parseLong(parts[2]),
                Integer.parseInt(parts[3]),
                Integer.parseInt(parts[4]),
                Long.parseLong(parts[5]),
                Digests.parsed(parts[6]));
    }
}
