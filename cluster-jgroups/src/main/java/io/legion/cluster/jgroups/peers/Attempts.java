package io.legion.cluster.jgroups.peers;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jgroups.Address;

/// When to try each address again: less and less often, as long as nobody answers there.
///
/// **Threads.** One.
final class Attempts {
    private static final long SLOWEST_NANOS = Duration.ofSeconds(4).toNanos();

    private final Map<Address, Attempt> attempts = new HashMap<>();

    /// When to try an address again, and how long to wait after that.
    private record Attempt(long next, long pause) {}

    /// True if it is time to try this address; then it counts as tried.
    boolean isDue(Address address, long nowNanos) {
        var before = attempts.get(address);
        if (before != null && nowNanos - before.next() < 0) {
            return false;
        }
        long pause = before == null ? AddressSearch.INTERVAL.toNanos() : Math.min(before.pause() * 2, SLOWEST_NANOS);
        attempts.put(address, new Attempt(nowNanos + pause, pause));
        return true;
    }

    /// Forgets every address but these. In a network where nodes get new addresses there would be ever more.
    void keep(Set<Address> told) {
        attempts.keySet().retainAll(told);
    }

    /// How many addresses it knows.
    int size() {
        return attempts.size();
    }
}
