package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.EventId;
import io.legion.core.RequestId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A partition as a replica has it, for people who look. The replica is as before, whatever the look meets.
///
/// @param state the projected state, which nobody may change; null if it cannot be told
/// @param problem why the state cannot be told; empty if it can
/// @param outstanding its events that have not folded, the oldest first
/// @param more how many others there are among the first [#MOST_LOOKED_AT] outstanding events of the shard
/// @param cut true if the shard has more outstanding events than that: those do not count in `more`, and
///     the state may lack them
public record PartitionLook(
        @Nullable Object state, String problem, List<Outstanding> outstanding, int more, boolean cut) {
    /// How many outstanding events of a shard a look goes through, as it keeps the node from its work.
    public static final int MOST_LOOKED_AT = 10_000;

    /// An event that has not folded.
    ///
    /// @param payload the event as its codec wrote it
    public record Outstanding(EventId event, RequestId request, Bytes payload) {}

    static PartitionLook at(ReplicaState replica, PartitionAddress address, int most) {
        var looked = replica.log.first(MOST_LOOKED_AT);
        var own = ofPartition(looked, address);
        var listed = own.stream()
                .limit(most)
                .map(entry -> new Outstanding(entry.id(), entry.request(), entry.payload()))
                .toList();
        int more = own.size() - listed.size();
        boolean cut = looked.size() < replica.log.size();
        try {
            return new PartitionLook(replica.projections.peek(address, looked, own), "", listed, more, cut);
        } catch (Throwable broken) {
            // The store, a codec, or an error of the virtual machine in `apply`. Whoever needs the state meets
            // it too.
            return new PartitionLook(null, broken.toString(), listed, more, cut);
        }
    }

    private static List<LogEntry> ofPartition(List<LogEntry> entries, PartitionAddress address) {
        byte[] key = address.key().bytes().shared();
        var own = new ArrayList<LogEntry>();
        for (LogEntry entry : entries) {
            if (!entry.isBarrier() && entry.type() == address.type() && entry.isOf(key)) {
                own.add(entry);
            }
        }
        return own;
    }
}
