package io.legion.runtime.operator;

import io.legion.core.shard.ClockLead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How far a node's clock is ahead, by what its shards have heard of the clocks of others.
final class ClockTally {
    private final List<ClockLead> leads = new ArrayList<>();

    void add(ClockLead lead) {
        leads.add(lead);
    }

    /// What the shard in the middle says, of those that have heard others within the last seconds; if there is
    /// none, of all. A shard that has been idle for a while may have heard a clock that was set right since.
    Optional<Duration> offset() {
        var fresh = millis(leads.stream().filter(ClockLead::fresh).toList());
        var known = fresh.isEmpty() ? millis(leads) : fresh;
        return known.isEmpty() ? Optional.empty() : Optional.of(Duration.ofMillis(known.get(known.size() / 2)));
    }

    private static List<Long> millis(List<ClockLead> leads) {
        return leads.stream().map(ClockLead::millis).sorted().toList();
    }
}
