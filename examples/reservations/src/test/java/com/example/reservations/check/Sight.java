package com.example.reservations.check;

import java.util.List;

/// One read of a venue's book.
///
/// @param count how many lines it had
/// @param hash of these lines, as that of a list
record Sight(long beginNanos, long endNanos, int count, int hash) {
    static Sight of(long beginNanos, long endNanos, List<String> lines) {
        return new Sight(beginNanos, endNanos, lines.size(), lines.hashCode());
    }
}
