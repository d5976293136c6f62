package io.legion.cluster.test;

import java.util.ArrayList;
import java.util.List;

/// One request or read as its client saw it. Times are those of the machine's monotonic clock, which its processes
/// share.
///
/// @param key the number of the partition
/// @param outcome `OK`, or what the failure says about the event's fate
/// @param position of a write: its place, as answered; of a read: how many markers it saw; 0 if it failed
/// @param hash of the markers that a read saw
/// @param id the request's id
/// @param failure what was said if it failed
record Operation(
        long marker,
        int key,
        Kind kind,
        long beginNanos,
        long endNanos,
        String outcome,
        long position,
        long hash,
        String id,
        String failure) {
    static final String OK = "OK";

    /// What is asked for.
    enum Kind {
        FAST,
        DURABLE,
        FINAL,
        FAST_READ,
        FINAL_READ;

        boolean isRead() {
            return this == FAST_READ || this == FINAL_READ;
        }
    }

    boolean isAnswered() {
        return outcome.equals(OK);
    }

    long millis() {
        return (endNanos - beginNanos) / 1_000_000;
    }

    String line() {
        return String.join(
                " ",
                String.valueOf(marker),
                String.valueOf(key),
                kind.name(),
                String.valueOf(beginNanos),
                String.valueOf(endNanos),
                outcome,
                String.valueOf(position),
                String.valueOf(hash),
                id,
                failure.replaceAll("\\s+", " "));
    }

    static Operation parse(String line) {
        var words = line.split(" ", 10);
        return new Operation(
                Long.parseLong(words[0]),
                Integer.parseInt(words[1]),
                Kind.valueOf(words[2]),
                Long.parseLong(words[3]),
                Long.parseLong(words[4]),
                words[5],
                Long.parseLong(words[6]),
                Long.parseLong(words[7]),
                words[8],
                words[9]);
    }

    /// The hashes of the first 0, 1, 2 ... of these markers.
    static List<Long> hashes(List<Long> markers) {
        var hashes = new ArrayList<Long>();
        long hash = 1;
        hashes.add(hash);
        for (long marker : markers) {
            hash = hash * 0x9e3779b97f4a7c15L + marker;
            hashes.add(hash);
        }
        return hashes;
    }
}
