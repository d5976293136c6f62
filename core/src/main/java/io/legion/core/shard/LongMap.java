package io.legion.core.shard;

import io.legion.core.primitive.Murmur;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A map from numbers, without an object for each of them: a table with open addressing, linear probing and
/// deletion without marks (Knuth, *The Art of Computer Programming*, volume 3, 6.4, algorithms L and R). It has
/// no iteration: its order is that of hashes.
final class LongMap<V> {
    private static final int LEAST = 16;

    private long[] keys = new long[LEAST];

    /// Null where a place is free; at most half of the places are taken.
    private @Nullable Object[] values = new Object[LEAST];

    private int size;

    @SuppressWarnings("unchecked")
    @Nullable
    V get(long key) {
        return (V) values[place(key)];
    }

    void put(long key, V value) {
        int place = place(key);
        if (values[place] == null && ++size * 2 > keys.length) {
            grow();
            place = place(key);
        }
        keys[place] = key;
        values[place] = value;
    }

    /// Removes a key, and moves up later ones that would no longer be found.
    void remove(long key) {
        int hole = place(key);
        if (values[hole] == null) {
            return;
        }
        size--;
        values[hole] = null;
        for (int place = next(hole); values[place] != null; place = next(place)) {
            int home = home(keys[place]);
            if (((place - home) & (keys.length - 1)) >= ((place - hole) & (keys.length - 1))) {
                keys[hole] = keys[place];
                values[hole] = values[place];
                values[place] = null;
                hole = place;
            }
        }
    }

    /// The place of a key, or the free place where it would be.
    private int place(long key) {
        int place = home(key);
        while (values[place] != null && keys[place] != key) {
            place = next(place);
        }
        return place;
    }

    private int home(long key) {
        return (int) Murmur.mix(key) & (keys.length - 1);
    }

    private int next(int place) {
        return (place + 1) & (keys.length - 1);
    }

    private void grow() {
        long[] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = new Object[keys.length];
        for (int old = 0; old < oldKeys.length; old++) {
            if (oldValues[old] != null) {
                int place = place(oldKeys[old]);
                keys[place] = oldKeys[old];
                values[place] = Objects.requireNonNull(oldValues[old]);
            }
        }
    }
}
