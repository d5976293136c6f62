package io.legion.memory;

import io.legion.core.ParticipantId;
import io.legion.runtime.storage.ShardLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The entries of the logs in a store in memory. They come and go faster than anything else there, so they are
/// not in the tree, but each in the log of its shard and origin.
///
/// It takes the keys for which [#holds] is true, and only those.
final class MemoryLogs {
    /// A shard with at most this many logs keeps those that are empty.
    private static final int SPARE = 8;

    private static final Comparator<MemoryLog> ORDER =
            Comparator.comparing(log -> ShardLayout.entry(log.shard, log.origin, 0), Arrays::compareUnsigned);

    /// The logs of each shard, by its number.
    private final ArrayList<@Nullable List<MemoryLog>> shards = new ArrayList<>();

    private final Chunks chunks = new Chunks();

    private long bytes;

    /// True for the key of an entry with a usual sequence number.
    static boolean holds(byte[] key) {
        return ShardLayout.isEntry(key)
                && ShardLayout.sequenceOf(key) >= 0
                && ShardLayout.sequenceOf(key) < MemoryLog.END;
    }

    /// The bytes of keys and values.
    long bytes() {
        return bytes;
    }

    byte @Nullable [] get(byte[] key) {
        var log = find(key);
        return log == null ? null : log.get(ShardLayout.sequenceOf(key));
    }

    private @Nullable MemoryLog find(byte[] key) {
        int shard = ShardLayout.shardOf(key);
        var logs = shard < shards.size() ? shards.get(shard) : null;
        if (logs != null) {
            for (int i = 0; i < logs.size(); i++) {
                if (ShardLayout.isOfOrigin(key, logs.get(i).origin)) {
                    return logs.get(i);
                }
            }
        }
        return null;
    }

    void put(byte[] key, byte[] value) {
        put(key, value, 0, value.length);
    }

    /// Copies the value, `length` bytes of `source` from `from` on.
    void put(byte[] key, byte[] source, int from, int length) {
        var found = find(key);
        var log = found == null ? begin(ShardLayout.shardOf(key), ShardLayout.originOf(key)) : found;
        bytes -= log.bytes();
        log.put(ShardLayout.sequenceOf(key), source, from, length);
        bytes += log.bytes();
    }

    private MemoryLog begin(int shard, ParticipantId origin) {
        while (shards.size() <= shard) {
            shards.add(null);
        }
        var logs = shards.get(shard);
        if (logs == null) {
            logs = new ArrayList<>();
            shards.set(shard, logs);
        }
        var log = new MemoryLog(shard, origin, chunks);
        logs.add(log);
        return log;
    }

    void delete(byte[] key) {
        var log = find(key);
        if (log != null) {
            long sequence = ShardLayout.sequenceOf(key);
            delete(log, sequence, sequence + 1);
        }
    }

    private void delete(MemoryLog log, long from, long to) {
        bytes -= log.bytes();
        log.delete(from, to);
        bytes += log.bytes();
    }

    /// Deletes the keys from `from` (inclusive) to `to` (exclusive).
    void deleteRange(byte[] from, byte[] to) {
        meeting(from, to, log -> delete(log, firstFrom(log, from), firstFrom(log, to)));
        for (var logs : shards) {
            if (logs != null && logs.size() > SPARE) {
                logs.removeIf(MemoryLog::isEmpty);
            }
        }
    }

    /// Shows the keys from `from` (inclusive) to `to` (exclusive), or to the end, in their order.
    void forEach(byte[] from, byte @Nullable [] to, Consumer<MemoryEntry> visitor) {
        var logs = new ArrayList<MemoryLog>();
        meeting(from, to, logs::add);
        logs.sort(ORDER);
        for (var log : logs) {
            log.forEach(firstFrom(log, from), to == null ? MemoryLog.END : firstFrom(log, to), visitor);
        }
    }

    /// The logs that may have a key in this range.
    private void meeting(byte[] from, byte @Nullable [] to, Consumer<MemoryLog> consumer) {
        for (int shard = ShardLayout.firstShard(from); shard < shards.size() && isBelow(shard, to); shard++) {
            var logs = shards.get(shard);
            if (logs != null) {
                logs.forEach(consumer);
            }
        }
    }

    private static boolean isBelow(int shard, byte @Nullable [] to) {
        return to == null || Arrays.compareUnsigned(ShardLayout.begin('e', shard), to) < 0;
    }

    /// The first sequence number whose key is not below this bound.
    private static long firstFrom(MemoryLog log, byte[] bound) {
        long first = ShardLayout.firstSequence(log.shard, log.origin, bound);
        return first < 0 ? MemoryLog.END : first;
    }
}
