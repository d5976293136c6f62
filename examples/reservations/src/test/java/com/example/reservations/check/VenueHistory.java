package com.example.reservations.check;

import java.util.ArrayList;
import java.util.List;

/// What all callers did with one venue.
///
/// **Threads.** Any, until it is checked.
final class VenueHistory {
    private final String venue;
    private final Mode mode;
    private final int version;
    private final List<Operation> operations = new ArrayList<>();
    private final List<Sight> sights = new ArrayList<>();

    /// @param version of the service that was active before it was opened
    VenueHistory(String venue, Mode mode, int version) {
        this.venue = venue;
        this.mode = mode;
        this.version = version;
    }

    String venue() {
        return venue;
    }

    Mode mode() {
        return mode;
    }

    int version() {
        return version;
    }

    /// As whoever opens the venue says it: from version 2 on it may be another one than that of all others.
    String price() {
        return version >= 2 ? "&cents=" + cents() : "";
    }

    /// What a seat costs.
    int cents() {
        return version >= 2 ? 2_500 : 1_000;
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
