package io.legion.core.shard;

import io.legion.core.RequestId;
import org.jspecify.annotations.Nullable;

/// A run of request numbers that grows in place, with most events of its client.
final class RequestRun {
    final long client;
    long first;
    long last;
    long position;
    long millis;

    /// Its neighbours in the order of positions.
    @Nullable
    RequestRun older;

    @Nullable
    RequestRun newer;

    /// True if it is among those that the store must get.
    boolean changed;

    RequestRun(long client, long first, long last, long position, long millis) {
        this.client = client;
        this.first = first;
        this.last = last;
        this.position = position;
        this.millis = millis;
    }

    RequestMemory.Run value() {
        return new RequestMemory.Run(new RequestId(client, first), last, position, millis);
    }
}
