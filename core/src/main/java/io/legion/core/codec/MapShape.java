package io.legion.core.codec;

import io.legion.core.CodecException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A map: a block of the number of entries and the entries, key then value, in [KeyOrder].
///
/// @param sorted whether the component is a sorted map, in natural order
record MapShape(Shape key, Shape value, boolean sorted) implements Shape {
    @Override
    public String name() {
        return (sorted ? "sorted map<" : "map<") + key.name() + ", " + value.name() + ">";
    }

    @Override
    public int wireType() {
        return WireType.BLOCK;
    }

    @Override
    public void write(Object written, WireOutput out) {
        Map<?, ?> map = (Map<?, ?>) written;
        requireNaturalOrder(map);
        int start = out.open();
        out.varLong(map.size());
        KeyOrder order = new KeyOrder(out, map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            int from = out.size();
            key.write(Shape.present(entry.getKey(), "key"), out);
            order.key(from);
            writeValue(entry.getKey(), entry.getValue(), out);
        }
        order.settle();
        out.close(start);
    }

    @Override
    public void writeGrowthInside(Object before, Object after, WireOutput out) {
        if (!key.isPlain()) {
            write(after, out);
            return;
        }
        Map<?, ?> map = (Map<?, ?>) after;
        requireNaturalOrder(map);
        int start = out.open();
        out.varLong(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object known = ((Map<?, ?>) before).get(Shape.present(entry.getKey(), "key"));
            if (known == null) {
                key.write(entry.getKey(), out);
                writeValue(entry.getKey(), entry.getValue(), out);
            } else {
                value.writeGrowth(known, Shape.present(entry.getValue(), "value"), out);
            }
        }
        out.close(start);
    }

    private void writeValue(Object writtenKey, @Nullable Object writtenValue, WireOutput out) {
        try {
            value.write(Shape.present(writtenValue, "value"), out);
        } catch (CodecException e) {
            throw e.within(place(writtenKey));
        }
    }

    private static String place(Object key) {
        String text = key.toString();
        return text.length() <= 40 ? "[" + text + "]" : "[" + text.substring(0, 40) + "...]";
    }

    private static void requireNaturalOrder(Map<?, ?> map) {
        if (map instanceof SortedMap<?, ?> ordered && ordered.comparator() != null) {
            throw new CodecException("a sorted map with a comparator of its own, which cannot be written");
        }
    }

    @Override
    public Object read(WireInput in) {
        int outer = in.open();
        int count = in.count(key.minBytes() + value.minBytes());
        Object[] keys = new Object[count];
        Object[] values = new Object[count];
        int previousStart = 0;
        int previousEnd = 0;
        for (int i = 0; i < count; i++) {
            int start = in.position();
            keys[i] = key.read(in);
            KeyOrder.requireAscending(in, previousStart, previousEnd, start);
            previousStart = start;
            previousEnd = in.position();
            values[i] = readValue(keys[i], in);
        }
        in.close(outer);
        return count == 0 ? empty() : collect(keys, values);
    }

    private Object readValue(Object readKey, WireInput in) {
        try {
            return value.read(in);
        } catch (CodecException e) {
            throw e.within(place(readKey));
        }
    }

    private Map<Object, Object> collect(Object[] keys, Object[] values) {
        Integer[] order = sorted ? null : KeyOrder.today(key, keys);
        return order == null ? own(keys, values) : own(inOrder(order, keys), inOrder(order, values));
    }

    private static Object[] inOrder(Integer[] order, Object[] items) {
        return Arrays.stream(order).map(place -> items[place]).toArray();
    }

    /// A map that nobody can change, of owned keys and values.
    ///
    /// @param keys in the order of their bytes, which means nothing to a sorted map
    private Map<Object, Object> own(Object[] keys, Object[] values) {
        Map<Object, Object> map = sorted ? ownSorted(keys, values) : OwnMap.of(keys, values);
        if (map.size() != keys.length) {
            throw new CodecException("keys that are equal");
        }
        return map;
    }

    private static Map<Object, Object> ownSorted(Object[] keys, Object[] values) {
        var map = new TreeMap<Object, Object>();
        for (int i = 0; i < keys.length; i++) {
            map.put(keys[i], values[i]);
        }
        return Collections.unmodifiableNavigableMap(map);
    }

    @Override
    public Object ownInside(@Nullable Object before, Object owned, int levels) {
        Map<?, ?> map = (Map<?, ?>) owned;
        requireNaturalOrder(map);
        if (map.isEmpty()) {
            return empty();
        }
        if (map instanceof OwnMap) {
            return map;
        }
        // A record's constructor may have put what it got into another map, with an order of its own.
        Map<?, ?> known = before instanceof Map<?, ?> other && (sorted || other instanceof OwnMap) ? other : Map.of();
        return sorted ? ownSorted(known, map, levels) : ownUnsorted(known, map, levels);
    }

    private Map<Object, Object> ownUnsorted(Map<?, ?> before, Map<?, ?> after, int levels) {
        Object[] keys = OwnKeys.inOrder(key, before.keySet(), after.keySet(), levels);
        Object[] values = new Object[keys.length];
        for (int i = 0; i < keys.length; i++) {
            values[i] = ownValue(before, keys[i], after.get(keys[i]), levels);
        }
        return own(keys, values);
    }

    private Map<Object, Object> ownSorted(Map<?, ?> before, Map<?, ?> after, int levels) {
        var keys = new ArrayList<Object>(after.size());
        var values = new ArrayList<Object>(after.size());
        after.forEach((itsKey, itsValue) -> {
            Object ownKey = key.own(null, Shape.present(itsKey, "key"), levels - 1);
            keys.add(ownKey);
            values.add(ownValue(before, ownKey, itsValue, levels));
        });
        return own(keys.toArray(), values.toArray());
    }

    private Object ownValue(Map<?, ?> before, Object ownKey, @Nullable Object after, int levels) {
        try {
            Object present = Shape.present(after, "value");
            return value.isFixed() ? present : value.own(before.get(ownKey), present, levels - 1);
        } catch (CodecException e) {
            throw e.within(place(ownKey));
        }
    }

    private Map<Object, Object> empty() {
        return sorted ? Collections.emptyNavigableMap() : Map.of();
    }

    @Override
    public @Nullable Object zero() {
        return empty();
    }

    @Override
    public boolean isZero(@Nullable Object map) {
        return ((Map<?, ?>) Shape.present(map, "map: use an empty one")).isEmpty();
    }

    @Override
    public boolean evolves() {
        return key.evolves() || value.evolves();
    }
}
