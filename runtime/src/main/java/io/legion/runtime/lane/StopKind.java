package io.legion.runtime.lane;

import io.legion.core.placement.StoppedCopies.Kind;
import io.legion.core.shard.UnknownDataException;
import io.legion.core.shard.UnknownVersionException;
import io.legion.spi.StoreException;

/// What a failure over which a shard stops says of its copy. [Kind#STORE_FULL] and [Kind#STORE_FAILED] are none
/// of these: the lane knows them by the write that failed.
final class StopKind {
    private StopKind() {}

    /// Of a shard that runs. It has its book-keeping in memory, so only the store says that something is
    /// damaged, by a read that fails. A program that cannot read what the store gives says so otherwise
    /// ([UnknownDataException]).
    static Kind ofRunning(Throwable failure) {
        if (failure instanceof UnknownVersionException) {
            return Kind.RELEASE;
        }
        return failure instanceof StoreException && !(failure instanceof StoreException.Full)
                ? Kind.UNREADABLE
                : Kind.OTHER;
    }

    /// Of a shard that is read from the store. Whatever does not fit together there was damaged, unless this
    /// release does not know it, or the process had no memory for it.
    static Kind ofStored(Throwable failure) {
        if (failure instanceof UnknownVersionException) {
            return Kind.RELEASE;
        }
        return failure instanceof UnknownDataException || failure instanceof VirtualMachineError
                ? Kind.OTHER
                : Kind.UNREADABLE;
    }
}
