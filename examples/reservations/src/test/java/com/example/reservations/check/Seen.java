package com.example.reservations.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The requests of one venue of which somebody knows that they were applied, from answers and reads: one caller with
/// a session, or all callers together.
///
/// **Threads.** Any.
final class Seen {
    private final Set<String> references = new LinkedHashSet<>();
    private final List<String> inOrder = new ArrayList<>();

    /// What somebody has seen of all venues.
    static final class OfVenues {
        private final Map<String, Seen> venues = new ConcurrentHashMap<>();

        Seen of(String venue) {
            return venues.computeIfAbsent(venue, _ -> new Seen());
        }
    }

    synchronized int count() {
        return inOrder.size();
    }

    synchronized void add(Collection<String> more) {
        for (var reference : more) {
            if (references.add(reference)) {
                inOrder.add(reference);
            }
        }
    }

    /// Those of the first `count` that are not among `shown`.
    synchronized List<String> missing(int count, Set<String> shown) {
        return inOrder.subList(0, count).stream()
                .filter(reference -> !shown.contains(reference))
                .toList();
    }
}
