package io.legion.runtime.storage;

import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which partition types the releases had that ran on a store, each with its description
/// ([io.legion.spi.TypeDescription]).
public final class StoredTypes {
    private static final byte[] TYPES = ShardLayout.nodeRecord("types");

    private record Described(String name, String description) {}

    private StoredTypes() {}

    /// By name; empty if no release has noted any.
    public static SortedMap<String, String> of(Store store) {
        var types = new TreeMap<String, String>();
        byte[] value = store.get(TYPES);
        if (value != null) {
            var in = new WireInput(value);
            in.list(from -> new Described(from.string(), from.string()))
                    .forEach(type -> types.put(type.name, type.description));
            in.requireEnd();
        }
        return types;
    }

    /// Notes those of the release that runs now. A type that it does not have stays as it was noted.
    public static void note(Store store, SortedMap<String, String> present) {
        var before = of(store);
        var after = new TreeMap<>(before);
        after.putAll(present);
        if (!after.equals(before)) {
            store.write(new Batch().put(TYPES, bytes(after)), Durability.FORCED);
        }
    }

    private static byte[] bytes(SortedMap<String, String> types) {
        var out = new WireOutput();
        out.varLong(types.size());
        types.forEach((name, description) -> {
            out.string(name);
            out.string(description);
        });
        return out.toByteArray();
    }
}
