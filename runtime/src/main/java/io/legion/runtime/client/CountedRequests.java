package io.legion.runtime.client;

import io.legion.core.RequestId;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// The requests that were counted of late, so that a retry that gets the same answer again does not count
/// again. Each has one place, which the next request with that place takes over: so what came long ago is
/// forgotten.
///
/// **Threads.** Any.
final class CountedRequests {
    private static final int PLACES = 1 << 10;

    private final AtomicReferenceArray<RequestId> counted = new AtomicReferenceArray<>(PLACES);

    /// Notes a request.
    ///
    /// @return false if it was noted before, and not forgotten
    boolean add(RequestId id) {
        return !Objects.equals(id, counted.getAndSet(id.hashCode() & (PLACES - 1), id));
    }
}
