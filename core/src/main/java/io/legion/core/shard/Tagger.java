package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.PartitionType;
import io.legion.core.Tag;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The tags under which searches find states (R66), as the user's index function gives them.
///
/// A partition at the initial state has no record in the store, and looks like one that nobody ever touched: it
/// has no tags. Nor has a partition for whose state the index function throws; an alarm says so.
final class Tagger {
    /// The initial state of a type as a version writes it, and whether the index function has tags for it.
    private record Initial(int version, Bytes bytes, boolean hasTags) {}

    /// At most one alarm in this time.
    private static final long ALARM_INTERVAL_MILLIS = 10_000;

    private final Outbox outbox;
    private final LongSupplier elapsedMillis;
    private final IndexVersions versions;
    private long quietUntilMillis;
    private final TypeMap<Initial> initial = new TypeMap<>();

    Tagger(Outbox outbox, LongSupplier elapsedMillis, IndexVersions versions) {
        this.versions = versions;
        this.outbox = outbox;
        this.elapsedMillis = elapsedMillis;
    }

    /// The tags of a partition with this state; null stands for the initial one.
    SortedSet<Tag> tags(PartitionAddress address, PartitionType<?> type, @Nullable Object state) {
        return tags(address, type, state, versions.present(type));
    }

    /// The tags that the store may have for a partition with this state: those of several versions while the tags are
    /// computed anew (R89).
    SortedSet<Tag> stored(PartitionAddress address, PartitionType<?> type, @Nullable Object state) {
        if (versions.isComplete(type)) {
            return tags(address, type, state);
        }
        var all = new TreeSet<Tag>();
        for (int version : versions.stored(type)) {
            all.addAll(tags(address, type, state, version));
        }
        return all;
    }

    private SortedSet<Tag> tags(PartitionAddress address, PartitionType<?> type, @Nullable Object state, int version) {
        if (!type.isIndexed() || state == null) {
            return Collections.emptySortedSet();
        }
        Initial initial = initial(type, version);
        return initial.hasTags && encode(type, version, state).equals(initial.bytes)
                ? Collections.emptySortedSet()
                : computed(address, type, state, version);
    }

    /// The tags of a partition whose state is not the initial one.
    SortedSet<Tag> tagsOfOther(PartitionAddress address, PartitionType<?> type, Object state) {
        return type.isIndexed() ? computed(address, type, state, versions.present(type)) : Collections.emptySortedSet();
    }

    /// True if these are the bytes of the type's initial state, as the present version writes it.
    boolean isInitial(PartitionType<?> type, Bytes state) {
        return state.equals(initial(type, versions.present(type)).bytes);
    }

    private Initial initial(PartitionType<?> type, int version) {
        Initial known = initial.get(type.id());
        if (known == null || known.version != version) {
            known = initialOf(type, version);
            initial.put(type.id(), known);
        }
        return known;
    }

    private static <S> Initial initialOf(PartitionType<S> type, int version) {
        boolean hasTags;
        try {
            hasTags = !type.tags(type.initial(), version).isEmpty();
        } catch (RuntimeException _) {
            hasTags = true;
        }
        return new Initial(version, encode(type, version, type.initial()), hasTags);
    }

    @SuppressWarnings("unchecked")
    private <S> SortedSet<Tag> computed(PartitionAddress address, PartitionType<S> type, Object state, int version) {
        try {
            return type.tags((S) state, version);
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

    /// The bytes of a state as the present version writes them.
    Bytes encode(PartitionType<?> type, Object state) {
        return encode(type, versions.present(type), state);
    }

    @SuppressWarnings("unchecked")
    private static <S> Bytes encode(PartitionType<S> type, int version, Object state) {
        return Bytes.wrap(type.stateCodec(version).encode((S) state));
    }
}
