package io.legion.core.codec;

import io.legion.core.CodecException;
import java.util.Collections;
import java.util.LinkedHashMap;
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
            throw new CodecException("a sorted map with a comparator of its own, which can not be written");
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
        Map<Object, Object> map = sorted ? new TreeMap<>() : LinkedHashMap.newLinkedHashMap(keys.length);
        Integer[] order = sorted ? null : KeyOrder.today(key, keys);
        for (int i = 0; i < keys.length; i++) {
            int at = order == null ? i : order[i];
            map.put(keys[at], values[at]);
        }
        if (map.size() != keys.length) {
            throw new CodecException("keys that are equal");
        }
        return sorted
                ? Collections.unmodifiableNavigableMap((TreeMap<Object, Object>) map)
                : Collections.unmodifiableMap(map);
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
