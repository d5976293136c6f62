package io.legion.core.codec;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A map that nobody can change, in the order of its keys' bytes, with keys and values that nobody can change.
final class OwnMap extends AbstractMap<Object, Object> {
    private final Map<Object, Object> entries;

    private OwnMap(Map<Object, Object> entries) {
        this.entries = Collections.unmodifiableMap(entries);
    }

    /// The entries in this order; fewer if some of the keys are equal.
    static OwnMap of(Object[] keys, Object[] values) {
        Map<Object, Object> entries = LinkedHashMap.newLinkedHashMap(keys.length);
        for (int i = 0; i < keys.length; i++) {
            entries.put(keys[i], values[i]);
        }
        return new OwnMap(entries);
    }

    @Override
    public int size() {
        return entries.size();
    }

    @Override
    public boolean containsKey(Object key) {
        return entries.containsKey(key);
    }

    @Override
    public @Nullable Object get(Object key) {
        return entries.get(key);
    }

    @Override
    public Set<Entry<Object, Object>> entrySet() {
        return entries.entrySet();
    }
}
