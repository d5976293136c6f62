package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.EventId;
import io.legion.core.ParticipantId;
import io.legion.core.PartitionKey;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What some folds in a row gave to the hash of history, at most the last [#MOST] of them.
///
/// Every fold passes here, and hardly anybody looks at one again. So a fold is a few bytes side by side, in an array
/// that later folds use again: no object lives on, nothing is read, and it takes little of the processor's caches.
final class RecentFolds {
    static final int MOST = 1_024;

    /// Longer keys have no place here: messages do not name their partitions.
    static final int MOST_KEY_BYTES = 64;

    private static final int FIRST_BYTES = 512;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    // The places of the numbers of a fold.
    private static final int TIME = 0;
    private static final int OUTCOME = 8;
    private static final int STATE = 16;
    private static final int ORIGIN = 24;
    private static final int SORT = 26;

    /// A byte; the key comes after it.
    private static final int KEY_SIZE = 28;

    private static final int KEY = 29;

    /// In place of the size of a key: the fold has no event, and nothing is written before but its id.
    private static final int BARRIER = -1;

    private static final int LONG_KEY = -2;

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

        /// What it gave to the hash.
        long hash() {
            return Hash.of(event) + (result == null ? 0 : Hash.of(result.outcome, result.state));
        }
    }

    /// What many events have in common.
    private record Sort(int type, int version, @Nullable Class<?> kind) {
        boolean is(int ofType, int underVersion, @Nullable Class<?> ofKind) {
            return type == ofType && version == underVersion && kind == ofKind;
        }
    }

    private int size;
    private byte[] folds = new byte[FIRST_BYTES];

    /// How many of the bytes are in use.
    private int end;

    /// In the order in which they came first. A program has few, and a shard.
    private final ArrayList<Sort> sorts = new ArrayList<>(1);

    private final ArrayList<ParticipantId> origins = new ArrayList<>(1);

    // Of the latest fold: mostly the next one has the same, and reads no list.
    private @Nullable Sort latestSort;
    private @Nullable ParticipantId latestOrigin;
    private int latestSortNumber;
    private int latestOriginNumber;

    int size() {
        return size;
    }

    void clear() {
        size = 0;
        end = 0;
        sorts.clear();
        origins.clear();
        latestSort = null;
        latestOrigin = null;
    }

    /// One more event has folded.
    ///
    /// @param result null for a barrier
    /// @return what the fold gives to the hash
    long add(LogEntry entry, @Nullable Result result) {
        makeRoom();
        size++;
        LONG.set(folds, end + TIME, entry.id().time());
        SHORT.set(folds, end + ORIGIN, (short) origin(entry.origin()));
        long event = Hash.of(entry.id());
        if (result == null) {
            folds[end + KEY_SIZE] = BARRIER;
            end += KEY;
            return event;
        }
        long outcome = Hash.of(result.summary());
        long state = result.applied() ? result.stateHash() : 0;
        LONG.set(folds, end + OUTCOME, outcome);
        LONG.set(folds, end + STATE, state);
        SHORT.set(folds, end + SORT, (short) sort(entry, result));
        end += key(entry);
        return event + Hash.of(outcome, state);
    }

    /// @return the size of the fold
    private int key(LogEntry entry) {
        int bytes = entry.keySize();
        if (bytes > MOST_KEY_BYTES) {
            folds[end + KEY_SIZE] = LONG_KEY;
            return KEY;
        }
        folds[end + KEY_SIZE] = (byte) bytes;
        System.arraycopy(entry.shared(), entry.keyFrom(), folds, end + KEY, bytes);
        return KEY + bytes;
    }

    @SuppressWarnings("ReferenceEquality") // an equal one is looked up
    private int origin(ParticipantId origin) {
        if (origin != latestOrigin) {
            latestOrigin = origin;
            latestOriginNumber = origins.indexOf(origin);
            if (latestOriginNumber < 0) {
                latestOriginNumber = origins.size();
                origins.add(origin);
            }
        }
        return latestOriginNumber;
    }

    private int sort(LogEntry entry, Result result) {
        int version = Math.max(1, result.version());
        var decoded = entry.decoded();
        Class<?> kind = decoded == null ? null : decoded.getClass();
        if (latestSort == null || !latestSort.is(entry.type(), version, kind)) {
            latestSortNumber = sort(entry.type(), version, kind);
            latestSort = sorts.get(latestSortNumber);
        }
        return latestSortNumber;
    }

    private int sort(int type, int version, @Nullable Class<?> kind) {
        for (int i = 0; i < sorts.size(); i++) {
            if (sorts.get(i).is(type, version, kind)) {
                return i;
            }
        }
        sorts.add(new Sort(type, version, kind));
        return sorts.size() - 1;
    }

    private void makeRoom() {
        if (size == MOST) {
            forgetOlderHalf();
        }
        if (folds.length - end < KEY + MOST_KEY_BYTES) {
            folds = Arrays.copyOf(folds, 2 * folds.length);
        }
    }

    /// All of them if most sorts, or origins, are those of folds that are long forgotten: there must be few.
    private void forgetOlderHalf() {
        if (Math.max(sorts.size(), origins.size()) > 2 * MOST) {
            clear();
            return;
        }
        int from = 0;
        for (int i = 0; i < MOST / 2; i++) {
            from += size(from);
        }
        System.arraycopy(folds, from, folds, 0, end - from);
        end -= from;
        size -= MOST / 2;
    }

    private int size(int place) {
        return KEY + Math.max(0, folds[place + KEY_SIZE]);
    }

    /// The folds in the order of history.
    List<Fold> all() {
        var all = new ArrayList<Fold>(size);
        for (int place = 0; place < end; place += size(place)) {
            all.add(new Fold(event(place), folds[place + KEY_SIZE] == BARRIER ? null : result(place)));
        }
        return all;
    }

    private EventId event(int place) {
        return new EventId(
                number(place + TIME), origins.get(Short.toUnsignedInt((short) SHORT.get(folds, place + ORIGIN))));
    }

    private Fold.Of result(int place) {
        Sort sort = sorts.get(Short.toUnsignedInt((short) SHORT.get(folds, place + SORT)));
        return new Fold.Of(
                address(place, sort.type), sort.kind, sort.version, number(place + OUTCOME), number(place + STATE));
    }

    private @Nullable PartitionAddress address(int place, int type) {
        int bytes = folds[place + KEY_SIZE];
        int from = place + KEY;
        return bytes == LONG_KEY
                ? null
                : new PartitionAddress(type, new PartitionKey(Bytes.copyOf(folds, from, from + bytes)));
    }

    private long number(int place) {
        return (long) LONG.get(folds, place);
    }
}
