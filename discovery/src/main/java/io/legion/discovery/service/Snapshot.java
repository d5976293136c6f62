package io.legion.discovery.service;

import io.legion.discovery.registry.Application;
import io.legion.discovery.registry.Registration;
import java.util.SortedMap;

/// All instances, each as it was at about the same time. What does not change from one snapshot to the next is the
/// same object in both.
///
/// @param all everything
/// @param recent what changed lately, for deltas
/// @param memory how many bytes of memory `all` takes
/// @param takenMillis when, by this node's clock
/// @param number of two snapshots of this node, the one with the larger number is not older; with the same number
///     they have the same instances
/// @param recentNumber the same for `recent`
public record Snapshot(
        InstanceList all, InstanceList recent, long memory, long takenMillis, long number, long recentNumber) {
    /// Before anything was registered.
    public static final Snapshot NOTHING = new Snapshot(InstanceList.EMPTY, InstanceList.EMPTY, 0, 0, 0, 0);

    /// The applications by name.
    public SortedMap<String, Application> applications() {
        return all.applications();
    }

    /// The next snapshot: with these instances, at this time.
    @SuppressWarnings("ReferenceEquality") // what has not changed is the same object
    Snapshot next(InstanceList listing, long nowMillis) {
        if (listing == all && number > 0) {
            return later(nowMillis);
        }
        return new Snapshot(
                listing, recent(listing, nowMillis), listing.memory(), nowMillis, number + 1, recentNumber + 1);
    }

    /// What changed lately stays the same until the oldest of it is no longer recent.
    private Snapshot later(long nowMillis) {
        boolean same = recent.oldest() >= nowMillis - Registration.KEEP_REMOVED_MILLIS;
        return new Snapshot(
                all,
                same ? recent : recent(recent, nowMillis),
                memory,
                nowMillis,
                number,
                same ? recentNumber : recentNumber + 1);
    }

    private static InstanceList recent(InstanceList of, long nowMillis) {
        long since = nowMillis - Registration.KEEP_REMOVED_MILLIS;
        return of.only(lease -> lease.times().changed() >= since);
    }
}
