package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.EventId;
import io.legion.core.ParticipantId;
import io.legion.core.PartitionKey;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What some folds in a row gave to the hash of history, the last [#MOST] of them. Every fold passes here: so they are
/// numbers in arrays, which are used again, and no objects that live on.
final class FoldRing {
    private static final int MOST = 1_024;

    /// Longer keys have no place here: messages do not name their partitions.
    private static final int KEY_BYTES = 64;

    private static final int FIRST_CAPACITY = 8;

    /// A fold, seen again.
    ///
    /// @param result null for a barrier
    record Fold(EventId event, @Nullable Of result) {
        /// @param address the partition; null if its key is long
        /// @param kind the class of the event
        /// @param version under which it was applied
        /// @param outcome the hash of the outcome
        /// @param state that of the state after the event; 0 if none counts
        record Of(
                @Nullable PartitionAddress address,
                @Nullable Class<?> kind,
                int version,
                long outcome,
                long state) {}
    }

    private int size;

    /// The place of the next one, once there are [#MOST].
    private int next;

    private long[] times = new long[FIRST_CAPACITY];
    private ParticipantId[] origins = new ParticipantId[FIRST_CAPACITY];
    private long[] outcomes = new long[FIRST_CAPACITY];
    private long[] states = new long[FIRST_CAPACITY];
    private int[] types = new int[FIRST_CAPACITY];

    /// 0 for a barrier.
    private int[] versions = new int[FIRST_CAPACITY];

    private @Nullable Class<?>[] kinds = new Class<?>[FIRST_CAPACITY];

    /// Of the keys, which stand [#KEY_BYTES] apart; -1 for one that is too long.
    private byte[] keySizes = new byte[FIRST_CAPACITY];

    private byte[] keys = new byte[FIRST_CAPACITY * KEY_BYTES];

    int size() {
        return size;
    }

    void clear() {
        size = 0;
        next = 0;
    }

    /// One more event has folded.
    ///
    /// @param result null for a barrier
    /// @return what the fold gives to the hash
    long add(LogEntry entry, @Nullable Result result) {
        int place = place();
        times[place] = entry.id().time();
        origins[place] = entry.origin();
        long event = Hash.of(entry.id());
        if (result == null) {
            versions[place] = 0;
            return event;
        }
        outcomes[place] = Hash.of(result.summary());
        states[place] = result.applied() ? result.stateHash() : 0;
        types[place] = entry.type();
        versions[place] = Math.max(1, result.version());
        var decoded = entry.decoded();
        kinds[place] = decoded == null ? null : decoded.getClass();
        key(place, entry);
        return event + Hash.of(outcomes[place], states[place]);
    }

    private int place() {
        if (size == MOST) {
            int oldest = next;
            next = (next + 1) % MOST;
            return oldest;
        }
        if (size == times.length) {
            grow(2 * size);
        }
        return size++;
    }

    private void grow(int capacity) {
        times = Arrays.copyOf(times, capacity);
        origins = Arrays.copyOf(origins, capacity);
        outcomes = Arrays.copyOf(outcomes, capacity);
        states = Arrays.copyOf(states, capacity);
        types = Arrays.copyOf(types, capacity);
        versions = Arrays.copyOf(versions, capacity);
        kinds = Arrays.copyOf(kinds, capacity);
        keySizes = Arrays.copyOf(keySizes, capacity);
        keys = Arrays.copyOf(keys, capacity * KEY_BYTES);
    }

    private void key(int place, LogEntry entry) {
        int bytes = entry.keySize();
        keySizes[place] = bytes > KEY_BYTES ? -1 : (byte) bytes;
        if (bytes <= KEY_BYTES) {
            System.arraycopy(entry.shared(), entry.keyFrom(), keys, place * KEY_BYTES, bytes);
        }
    }

    /// What a fold gave to the hash.
    ///
    /// @param back how many came after it
    long hash(int back) {
        int place = placeOf(back);
        long event = Hash.of(event(place));
        return versions[place] == 0 ? event : event + Hash.of(outcomes[place], states[place]);
    }

    /// A fold.
    ///
    /// @param back how many came after it
    Fold fold(int back) {
        int place = placeOf(back);
        return new Fold(event(place), versions[place] == 0 ? null : result(place));
    }

    private int placeOf(int back) {
        return (next + size - 1 - back) % size;
    }

    private EventId event(int place) {
        return new EventId(times[place], origins[place]);
    }

    private Fold.Of result(int place) {
        return new Fold.Of(address(place), kinds[place], versions[place], outcomes[place], states[place]);
    }

    private @Nullable PartitionAddress address(int place) {
        if (keySizes[place] < 0) {
            return null;
        }
        int from = place * KEY_BYTES;
        return new PartitionAddress(types[place], new PartitionKey(Bytes.copyOf(keys, from, from + keySizes[place])));
    }
}
