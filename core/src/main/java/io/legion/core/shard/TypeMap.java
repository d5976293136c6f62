package io.legion.core.shard;

import java.util.Arrays;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/// A map from the numbers of partition types, in their order. Every event looks into some, so a look makes no
/// object, and mostly reads this one only: the next event is mostly of the same type.
final class TypeMap<V> {
    private int[] types = {};
    private Object[] values = {};

    // What was found last.
    private int latestType;
    private @Nullable V latest;

    int size() {
        return types.length;
    }

    @Nullable
    V get(int type) {
        V found = latest;
        return found != null && latestType == type ? found : search(type);
    }

    @SuppressWarnings("unchecked")
    private @Nullable V search(int type) {
        int place = Arrays.binarySearch(types, type);
        latest = place < 0 ? null : (V) values[place];
        latestType = type;
        return latest;
    }

    void put(int type, V value) {
        int place = Arrays.binarySearch(types, type);
        if (place < 0) {
            place = -place - 1;
            types = Arrays.copyOf(types, types.length + 1);
            values = Arrays.copyOf(values, values.length + 1);
            System.arraycopy(types, place, types, place + 1, types.length - place - 1);
            System.arraycopy(values, place, values, place + 1, values.length - place - 1);
            types[place] = type;
        }
        values[place] = value;
        latest = null;
    }

    @SuppressWarnings("unchecked")
    void forEach(ObjIntConsumer<? super V> each) {
        for (int i = 0; i < types.length; i++) {
            each.accept((V) values[i], types[i]);
        }
    }

    void clear() {
        types = new int[0];
        values = new Object[0];
        latest = null;
    }
}
