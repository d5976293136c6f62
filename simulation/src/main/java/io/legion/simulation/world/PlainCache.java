package io.legion.simulation.world;

import io.legion.service.LruCache;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A cache whose forgetting depends on neither time nor threads: it drops the entry not used for longest.
final class PlainCache<K, V> implements LruCache<K, V> {
    private final LinkedHashMap<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final int most;

    PlainCache(int most) {
        this.most = most;
    }

    @Override
    public @Nullable V get(K key) {
        return entries.get(key);
    }

    @Override
    public V getOrLoad(K key, Function<? super K, ? extends V> load) {
        V present = entries.get(key);
        if (present == null) {
            present = load.apply(key);
            put(key, present);
        }
        return present;
    }

    @Override
    public void put(K key, V value) {
        entries.put(key, value);
        if (entries.size() > most) {
            Map.Entry<K, V> eldest = entries.firstEntry();
            entries.remove(eldest.getKey());
        }
    }

    @Override
    public void invalidate(K key) {
        entries.remove(key);
    }

    @Override
    public void clear() {
        entries.clear();
    }

    @Override
    public long size() {
        return entries.size();
    }
}
