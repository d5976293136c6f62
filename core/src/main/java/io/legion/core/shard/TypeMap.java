package io.legion.core.shard;

import java.util.Arrays;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/// A map from the numbers of partition types, in their order. Every event looks into some, so a look makes no object;
/// a service has few types.
final class TypeMap<V> {
    private int[] types = {};
    private Object[] values = {};

    int size() {
        return types.length;
    }

    @SuppressWarnings("unchecked")
    @Nullable
    V get(int type) {
        int place = Arrays.binarySearch(types, type);
        return place < 0 ? null : (V) values[place];
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
    }
}
