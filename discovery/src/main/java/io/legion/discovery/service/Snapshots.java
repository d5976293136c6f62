package io.legion.discovery.service;

import io.legion.discovery.registry.Application;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Gives snapshots of a bounded age: a caller that asks again within that time gets the same one, and callers
/// that ask at once share one pass over the applications. Keeps at most one.
///
/// **Threads.** Any.
public final class Snapshots {
    private final Applications applications;
    private final Duration maximumAge;
    private final LongSupplier clockMillis;
    private final ReentrantLock taking = new ReentrantLock();
    private volatile @Nullable Snapshot last;

    /// @param maximumAge how old a snapshot may be; zero takes a new one each time
    public Snapshots(Applications applications, Duration maximumAge, LongSupplier clockMillis) {
        this.applications = applications;
        this.maximumAge = maximumAge;
        this.clockMillis = clockMillis;
    }

    /// A snapshot begun at most the maximum age ago.
    ///
    /// @throws UnavailableException if one is needed and cannot be taken
    public Snapshot current() {
        var known = last;
        if (known != null && isYoung(known)) {
            return known;
        }
        taking.lock();
        try {
            known = last;
            if (known != null && isYoung(known)) {
                return known;
            }
            var taken = take(known == null ? 1 : known.number() + 1);
            last = taken;
            return taken;
        } finally {
            taking.unlock();
        }
    }

    private boolean isYoung(Snapshot snapshot) {
        long age = clockMillis.getAsLong() - snapshot.takenMillis();
        return age >= 0 && age < maximumAge.toMillis();
    }

    private Snapshot take(long number) {
        long now = clockMillis.getAsLong();
        var all = new ArrayList<Snapshot.Named>();
        var names = applications.find(Application.PRESENT);
        var states = applications.readAll(names).iterator();
        for (var name : names) {
            var state = states.next();
            if (!state.isEmpty()) {
                all.add(new Snapshot.Named(name, state));
            }
        }
        return new Snapshot(List.copyOf(all), now, number);
    }
}
