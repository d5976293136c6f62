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

/// A map of the few participants of a shard, in their order: two small sorted arrays, in which every step is a scan.
/// The same participant is mostly the same object, which is looked for first.
final class ParticipantMap<V> {
    private ParticipantId[] participants = new ParticipantId[4];
    private @Nullable Object[] values = new Object[4];
    private int size;

    int size() {
        return size;
    }

    /// The participant of an entry, by its place from 0.
    ParticipantId participant(int place) {
        return participants[Objects.checkIndex(place, size)];
    }

    /// The value of an entry, by its place from 0.
    @SuppressWarnings("unchecked")
    V value(int place) {
        return (V) Objects.requireNonNull(values[Objects.checkIndex(place, size)]);
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
            values[place] = value;
        } else {
            insert(participant, value);
        }
    }

    private void insert(ParticipantId participant, V value) {
        if (size == participants.length) {
            participants = Arrays.copyOf(participants, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        int place = size++;
        for (; place > 0 && participants[place - 1].compareTo(participant) > 0; place--) {
            participants[place] = participants[place - 1];
            values[place] = values[place - 1];
        }
        participants[place] = participant;
        values[place] = value;
    }

    /// The value if the participant has none, else what is made of its own and this one.
    void merge(ParticipantId participant, V value, BinaryOperator<V> merging) {
        V known = get(participant);
        put(participant, known == null ? value : merging.apply(known, value));
    }

    void replaceAll(UnaryOperator<V> change) {
        for (int place = 0; place < size; place++) {
            values[place] = change.apply(value(place));
        }
    }

    /// Takes out who is not among these.
    void retainAll(Collection<ParticipantId> those) {
        retain((participant, _) -> those.contains(participant));
    }

    /// Takes out the entries that are not like this.
    void retain(BiPredicate<ParticipantId, V> wanted) {
        int kept = 0;
        for (int place = 0; place < size; place++) {
            if (wanted.test(participants[place], value(place))) {
                participants[kept] = participants[place];
                values[kept++] = values[place];
            }
        }
        Arrays.fill(values, kept, size, null);
        size = kept;
    }

    void clear() {
        Arrays.fill(values, 0, size, null);
        size = 0;
    }

    @SuppressWarnings("ReferenceEquality") // only first: what is not the same object is compared by value
    private int placeOf(ParticipantId participant) {
        for (int place = 0; place < size; place++) {
            if (participants[place] == participant) {
                return place;
            }
        }
        for (int place = 0; place < size; place++) {
            if (participants[place].equals(participant)) {
                return place;
            }
        }
        return -1;
    }
}
