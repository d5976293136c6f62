package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.PartitionType;
import io.legion.core.Tag;
import java.util.Collections;
import java.util.HashMap;
import java.util.SortedSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The tags under which searches find states (R66), as the user's index function gives them.
///
/// A partition at the initial state has no record in the store, and looks like one that nobody ever touched: it
/// has no tags. Nor has a partition for whose state the index function throws; an alarm says so.
final class Tagger {
    /// The initial state of a type as it is written, and whether the index function has tags for it.
    private record Initial(Bytes bytes, boolean hasTags) {}

    /// At most one alarm in this time.
    private static final long ALARM_INTERVAL_MILLIS = 10_000;

    private final Outbox outbox;
    private final LongSupplier elapsedMillis;
    private long quietUntilMillis;
    private final HashMap<Integer, Initial> initial = new HashMap<>();

    Tagger(Outbox outbox, LongSupplier elapsedMillis) {
        this.outbox = outbox;
        this.elapsedMillis = elapsedMillis;
    }

    /// The tags of a partition with this state; null stands for the initial one.
    SortedSet<Tag> tags(PartitionAddress address, PartitionType<?> type, @Nullable Object state) {
        if (!type.isIndexed() || state == null) {
            return Collections.emptySortedSet();
        }
        return initial(type).hasTags && isInitial(type, encode(type, state))
                ? Collections.emptySortedSet()
                : tagsOfOther(address, type, state);
    }

    /// The tags of a partition whose state is not the initial one.
    SortedSet<Tag> tagsOfOther(PartitionAddress address, PartitionType<?> type, Object state) {
        return type.isIndexed() ? computed(address, type, state) : Collections.emptySortedSet();
    }

    /// True if these are the bytes of the type's initial state.
    boolean isInitial(PartitionType<?> type, Bytes state) {
        return state.equals(initial(type).bytes);
    }

    private Initial initial(PartitionType<?> type) {
        return initial.computeIfAbsent(type.id(), _ -> initialOf(type));
    }

    private static <S> Initial initialOf(PartitionType<S> type) {
        boolean hasTags;
        try {
            hasTags = !type.tags(type.initial()).isEmpty();
        } catch (RuntimeException _) {
            hasTags = true;
        }
        return new Initial(encode(type, type.initial()), hasTags);
    }

    @SuppressWarnings("unchecked")
    private <S> SortedSet<Tag> computed(PartitionAddress address, PartitionType<S> type, Object state) {
        try {
            return type.tags((S) state);
        } catch (RuntimeException | StackOverflowError | AssertionError thrown) {
            tell(address, type, thrown);
            return Collections.emptySortedSet();
        }
    }

    private void tell(PartitionAddress address, PartitionType<?> type, Throwable thrown) {
        if (elapsedMillis.getAsLong() < quietUntilMillis) {
            return;
        }
        quietUntilMillis = elapsedMillis.getAsLong() + ALARM_INTERVAL_MILLIS;
        outbox.alarm(
                Alarm.Kind.NOT_INDEXED,
                "the index function of the type '" + type.name() + "' threw for the partition " + address.key()
                        + ": " + thrown + ". The partition keeps its state, and no search finds it until its state"
                        + " changes; there may be others like it. Mend the index function: it must give at most "
                        + PartitionType.MAX_TAGS + " tags for every state");
    }

    @SuppressWarnings("unchecked")
    static <S> Bytes encode(PartitionType<S> type, Object state) {
        return Bytes.wrap(type.stateCodec().encode((S) state));
    }
}
