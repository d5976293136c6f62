package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.codec.WireInput;
import java.util.Optional;

/// An entry of a log as the store has it, for whoever saves what is readable of a damaged copy (R76).
public final class StoredEntry {
    /// The names under which a replica keeps its salvage.
    public static final Bytes SALVAGE = Records.SALVAGE;

    private StoredEntry() {}

    /// The request that it carried, to be submitted again; empty for a barrier.
    ///
    /// @throws RuntimeException if it cannot be read
    public static Optional<Request> request(Bytes stored) {
        var entry = LogEntry.read(new WireInput(stored.shared()));
        return entry.isBarrier() ? Optional.empty() : Optional.of(entry.resubmitted());
    }
}
