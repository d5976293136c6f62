package io.legion.store.rocksdb;

import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;

/// Names the time since the machine was started: what was handed to the operating system is there as long as it
/// lasts.
final class Boot {

    private static final Path LINUX = Path.of("/proc/sys/kernel/random/boot_id");

    private Boot() {}

    /// The same text as long as the machine runs. Where that can not be known it is a new one each time, as if
    /// the machine had been started anew.
    static String id() {
        try {
            return StoreDirectory.text(LINUX);
        } catch (IOException unknown) {
            return "unknown-" + UUID.randomUUID();
        }
    }
}
