package io.legion.runtime.start;

import io.legion.StartupException;
import io.legion.spi.Cluster;
import io.legion.spi.Store;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/// What one Legion of this process has for itself: its store and its cluster service. Two nodes on one
/// store would overwrite each other, and neither could notice.
///
/// The set is static, since the question is about the whole process: two Legions know nothing of each other.
///
/// **Threads.** Any.
final class Claims {
    private static final Set<Object> CLAIMED =
            Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

    private final Store store;
    private final Cluster cluster;

    private Claims(Store store, Cluster cluster) {
        this.store = store;
        this.cluster = cluster;
    }

    /// Takes both.
    ///
    /// @throws StartupException if another Legion has one of them
    static Claims of(Store store, Cluster cluster) {
        claim(store, "store");
        try {
            claim(cluster, "cluster service");
        } catch (StartupException taken) {
            CLAIMED.remove(store);
            throw taken;
        }
        return new Claims(store, cluster);
    }

    private static void claim(Object service, String what) {
        if (!CLAIMED.add(service)) {
            throw new StartupException("This " + what + " serves another Legion of this process, and serves one at a"
                    + " time. Nothing was changed. Close the other Legion first, or open another " + what
                    + " for this one.");
        }
    }

    /// Gives both back.
    void release() {
        CLAIMED.remove(store);
        CLAIMED.remove(cluster);
    }
}
