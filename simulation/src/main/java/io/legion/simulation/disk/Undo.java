package io.legion.simulation.disk;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a write replaced, so that it can be undone.
final class Undo {
    private final List<byte[]> keys = new ArrayList<>();
    private final List<byte @Nullable []> values = new ArrayList<>();

    /// Notes the value that a key had; null if it had none.
    void replaced(byte[] key, byte @Nullable [] value) {
        keys.add(key);
        values.add(value);
    }

    /// Puts everything back, the last change first: a write may change a key more than once.
    void on(Content content) {
        for (int i = keys.size() - 1; i >= 0; i--) {
            byte[] value = values.get(i);
            if (value == null) {
                content.remove(keys.get(i));
            } else {
                content.put(keys.get(i), value);
            }
        }
    }
}
