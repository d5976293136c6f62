package io.legion.runtime.client;

import io.legion.core.RequestId;
import java.util.concurrent.atomic.AtomicLongArray;

/// Fresh request ids of one client, numbered for each shard from 1 without gaps.
///
/// **Threads.** Any.
public final class RequestIds {
    private final long client;
    private final AtomicLongArray last;

    /// @param random any number, from which it makes a client
    public RequestIds(long random, int shards) {
        this.client = RequestId.client(random);
        this.last = new AtomicLongArray(shards);
    }

    public RequestId next(int shard) {
        return new RequestId(client, last.incrementAndGet(shard));
    }
}
