package io.legion.core.shard;

import io.legion.core.ParticipantId;
import java.util.Arrays;
import java.util.Collection;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A map of the few participants of a shard, in their order: one small sorted array, in which every step is a
/// scan. Each participant is beside its value, so that a processor fetches both at once. The same participant
/// is mostly the same object, so a lookup compares objects first.
final class ParticipantMap<V> {
    /// Participants at even indexes, each with its value behind it.
    private @Nullable Object[] entries = new Object[8];

    private int size;

    int size() {
        return size;
    }

    /// The participant of an entry, by its place from 0.
    ParticipantId participant(int place) {
        return (ParticipantId) Objects.requireNonNull(entries[2 * Objects.checkIndex(place, size)]);
    }

    /// The value of an entry, by its place from 0.
    @SuppressWarnings("unchecked")
    V value(int place) {
        return (V) Objects.requireNonNull(entries[2 * Objects.checkIndex(place, size) + 1]);
    }

    private void set(int place, ParticipantId participant, V value) {
        entries[2 * place] = participant;
        entries[2 * place + 1] = value;
    }

    @Nullable
    V get(ParticipantId participant) {
        int place = placeOf(participant);
        return place < 0 ? null : value(place);
    }

    V getOrDefault(ParticipantId participant, V other) {
        V known = get(participant);
        return known == null ? other : known;
    }

    V computeIfAbsent(ParticipantId participant, Supplier<V> make) {
        V known = get(participant);
        if (known != null) {
            return known;
        }
        V made = make.get();
        put(participant, made);
        return made;
    }

    void put(ParticipantId participant, V value) {
        int place = placeOf(participant);
        if (place >= 0) {
            entries[2 * place + 1] = value;
        } else {
            insert(participant, value);
        }
    }

    private void insert(ParticipantId participant, V value) {
        if (2 * size == entries.length) {
            entries = Arrays.copyOf(entries, 4 * size);
        }
        int place = size++;
        for (; place > 0 && participant(place - 1).compareTo(participant) > 0; place--) {
            set(place, participant(place - 1), value(place - 1));
        }
        set(place, participant, value);
    }

    /// Puts the value if the participant has none, else merges its own and this one.
    void merge(ParticipantId participant, V value, BinaryOperator<V> merging) {
        V known = get(participant);
        put(participant, known == null ? value : merging.apply(known, value));
    }

    void replaceAll(UnaryOperator<V> change) {
        for (int place = 0; place < size; place++) {
            entries[2 * place + 1] = change.apply(value(place));
        }
    }

    /// Keeps only these participants.
    void retainAll(Collection<ParticipantId> those) {
        retain((participant, _) -> those.contains(participant));
    }

    /// Keeps only the entries that pass this test.
    void retain(BiPredicate<ParticipantId, V> wanted) {
        int kept = 0;
        for (int place = 0; place < size; place++) {
            if (wanted.test(participant(place), value(place))) {
                set(kept++, participant(place), value(place));
            }
        }
        Arrays.fill(entries, 2 * kept, 2 * size, null);
        size = kept;
    }

    void clear() {
        Arrays.fill(entries, 0, 2 * size, null);
        size = 0;
    }

    @SuppressWarnings("ReferenceEquality") // only first: what is not the same object is compared by value
    private int placeOf(ParticipantId participant) {
        for (int place = 0; place < size; place++) {
            if (entries[2 * place] == participant) {
                return place;
            }
        }
        for (int place = 0; place < size; place++) {
            if (participant.equals(entries[2 * place])) {
                return place;
            }
        }
        return -1;
    }
}
