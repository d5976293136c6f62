package io.legion.runtime.lane;

import io.legion.core.placement.StoppedCopies.Kind;
import io.legion.service.Logger;
import io.legion.spi.StoreException;
import java.util.Collection;

/// A store that takes no more writes.
final class StoreFailure {
    private final Logger logger;
    private String why = "";
    private Kind kind = Kind.STORE_FAILED;

    StoreFailure(Logger logger) {
        this.logger = logger;
    }

    /// What happened; empty if the store takes writes.
    String why() {
        return why;
    }

    /// [Kind#UNREADABLE] if what the store holds is damaged, else [Kind#STORE_FAILED].
    Kind kind() {
        return kind;
    }

    /// Stops the shards that wanted to write. First the shards, so that their callers have an answer whatever becomes
    /// of the message.
    void stop(Collection<HostedShard> shards, Throwable failure) {
        why = String.valueOf(failure instanceof StoreException ? failure.getMessage() : failure);
        kind = failure instanceof StoreException.Damaged ? Kind.UNREADABLE : Kind.STORE_FAILED;
        for (HostedShard shard : shards) {
            shard.stopQuietly(kind, "the store failed: " + why);
        }
        logger.error(
                "The store failed, so the shards "
                        + shards.stream().map(s -> s.number).toList()
                        + " are stopped, and no caller or other node knows of the failed write: " + why
                        + " Remove the cause and start this node again.",
                failure);
    }
}
