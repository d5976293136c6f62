package com.example.reservations.check;

import java.util.ArrayList;
import java.util.List;

/// What all callers did with one venue.
///
/// **Threads.** Any, until it is checked.
final class VenueHistory {
    private final String venue;
    private final Mode mode;
    private final List<Operation> operations = new ArrayList<>();
    private final List<Sight> sights = new ArrayList<>();

    VenueHistory(String venue, Mode mode) {
        this.venue = venue;
        this.mode = mode;
    }

    String venue() {
        return venue;
    }

    Mode mode() {
        return mode;
    }

    synchronized void add(Operation operation) {
        operations.add(operation);
    }

    synchronized void add(Sight sight) {
        sights.add(sight);
    }

    synchronized List<Operation> operations() {
        return List.copyOf(operations);
    }

    synchronized List<Sight> sights() {
        return List.copyOf(sights);
    }
}
