package io.legion.core.shard;

import io.legion.core.RequestId;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which outstanding events count for their requests (R53), for a chain that a look at a partition makes. Other
/// than [Projections] it finds that anew each time and changes nothing, so a failure on the way leaves all as it
/// was.
final class LookRequests implements Chain.Knowing {
    private final Chain.Knowing known;

    /// For each request the event that counts.
    private final TreeMap<RequestId, LogEntry> counting = new TreeMap<>();

    /// @param outstanding events of the shard, in the order of their ids
    LookRequests(Chain.Knowing known, List<LogEntry> outstanding) {
        this.known = known;
        for (LogEntry entry : outstanding) {
            if (!entry.isBarrier() && memory().of(entry) == RequestMemory.Knowledge.NEW) {
                counting.putIfAbsent(entry.request(), entry);
            }
        }
    }

    @Override
    public RequestMemory memory() {
        return known.memory();
    }

    @Override
    public Applier applier() {
        return known.applier();
    }

    @Override
    public VersionTable.OfType versions(int type) {
        return known.versions(type);
    }

    @Override
    public @Nullable LogEntry countsBefore(LogEntry entry) {
        LogEntry first = counting.get(entry.request());
        return first == null || first.id().compareTo(entry.id()) >= 0 ? null : first;
    }

    @Override
    public String reused(LogEntry entry, @Nullable IdUse first) {
        return known.reused(entry, first);
    }
}
