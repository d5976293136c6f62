package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.EventId;
import io.legion.core.RequestId;
import java.util.List;

/// A partition as a replica has it, for people who look.
///
/// @param state the projected state, which nobody may change
/// @param outstanding its events that have not folded, the oldest first
/// @param more how many others there are
public record PartitionLook(Object state, List<Outstanding> outstanding, int more) {
    /// An event that has not folded.
    ///
    /// @param payload the event as its codec wrote it
    public record Outstanding(EventId event, RequestId request, Bytes payload) {}

    static PartitionLook at(ReplicaState replica, PartitionAddress address, int most) {
        byte[] key = address.key().bytes().shared();
        var all = replica.log.all().stream()
                .filter(entry -> !entry.isBarrier() && entry.type() == address.type() && entry.isOf(key))
                .toList();
        var listed = all.stream()
                .limit(most)
                .map(entry -> new Outstanding(entry.id(), entry.request(), entry.payload()))
                .toList();
        return new PartitionLook(replica.projections.state(address), listed, all.size() - listed.size());
    }
}
