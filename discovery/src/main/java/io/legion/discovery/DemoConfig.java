package io.legion.discovery;

import java.nio.file.Path;
import java.util.Locale;

/// The configuration of a demonstration's node.
final class DemoConfig {
    private DemoConfig() {}

    static String text(Path directory, DemoMain.StoreName store, int port) {
        return """
                # Written by ./legion demo at each start. docs/node.yaml explains every key.
                log:
                  console:
                    threshold: info
                store:
                %s
                legion:
                  clusterName: demo
                  startup:
                    automatic:
                      mayFound: true
                leases:
                  # Off, so that an instance that you stop goes away even if it is one of three.
                  selfPreservation: false
                  interval: 5s
                  startGrace: 30s
                http:
                  port: %d
                """.formatted(store(directory, store), port);
    }

    private static String store(Path directory, DemoMain.StoreName store) {
        return switch (store) {
            case MEMORY -> "  memory:\n    maximumSize: 256 MiB";
            case ROCKSDB ->
                "  " + StoreChoice.RocksDb.class.getSimpleName().toLowerCase(Locale.ROOT) + ":\n    directory: "
                        + quoted(directory.resolve("store").toAbsolutePath().toString());
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
