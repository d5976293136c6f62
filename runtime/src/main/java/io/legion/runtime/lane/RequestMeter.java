package io.legion.runtime.lane;

import io.legion.core.shard.ReplicaStatus;
import io.legion.service.Monitor;
import java.util.concurrent.atomic.AtomicLongArray;

/// How full the shards' memories of requests are (R52): `legion.request.memory`, the share of its bound that
/// the fullest one takes, and `legion.requests.forgotten.early`, how many ids a full one forgot before the
/// promised time.
///
/// **Threads.** One thread at a time looks; any shows.
public final class RequestMeter implements AutoCloseable {
    private final AtomicLongArray bytes;
    private final long[] early;
    private final Monitor.Counter forgotten;
    private final Monitor.Registration gauge;
    private volatile long bound = 1;

    public RequestMeter(Monitor monitor, int shards) {
        bytes = new AtomicLongArray(shards);
        early = new long[shards];
        forgotten = monitor.counter("legion.requests.forgotten.early");
        gauge = monitor.gauge("legion.request.memory", this::fullest);
    }

    /// A shard runs here, and this is its memory.
    void look(int shard, ReplicaStatus.Remembered now) {
        bound = now.bound();
        bytes.set(shard, now.bytes());
        forgotten.add(Math.max(0, now.early() - early[shard]));
        early[shard] = now.early();
    }

    /// A shard does not run here any more; if it comes again, it counts from 0.
    void left(int shard) {
        bytes.set(shard, 0);
        early[shard] = 0;
    }

    private double fullest() {
        long most = 0;
        for (int shard = 0; shard < bytes.length(); shard++) {
            most = Math.max(most, bytes.get(shard));
        }
        return (double) most / bound;
    }

    /// Shows nothing any more.
    @Override
    public void close() {
        gauge.close();
    }
}
