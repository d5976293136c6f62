package io.legion.store.rocksdb.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

/// Names the time since the machine started, for which the operating system keeps what was handed to it.
public final class Boot {

    private static final Path LINUX = Path.of("/proc/sys/kernel/random/boot_id");

    private Boot() {}

    /// The same text as long as the machine runs. Where that cannot be known it is new each time, as if the
    /// machine had started anew.
    public static String id() {
        try {
            return StoreDirectory.text(LINUX);
        } catch (IOException unknown) {
            return "unknown-" + UUID.randomUUID();
        }
    }
}
