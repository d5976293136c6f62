package io.legion.runtime.lane;

import io.legion.core.shard.UnknownVersionException;
import io.legion.service.Logger;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// R87: what this node's release of the service lacks for its shards. That is one cause, so the log has it once and not
/// once for each shard.
final class UnfitRelease {
    private final Logger logger;
    private @Nullable UnknownVersionException first;

    UnfitRelease(Logger logger) {
        this.logger = logger;
    }

    /// A shard has stopped over it.
    void stopped(int shard, UnknownVersionException lacking) {
        if (first == null) {
            first = lacking;
            logger.error(
                    "The release of the service on this node does not run what its shards need: " + lacking.getMessage()
                            + " Shard " + shard
                            + " is stopped, and so is every other one here that needs it. Their copies"
                            + " are well, and are left as they are.");
        } else {
            logger.debug(() -> "Shard " + shard + " is stopped: " + lacking.getMessage());
        }
    }

    /// What was lacking first.
    Optional<UnknownVersionException> lacking() {
        return Optional.ofNullable(first);
    }
}
