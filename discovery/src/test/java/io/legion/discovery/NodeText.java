package io.legion.discovery;

import io.legion.service.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// The configuration of a node in tests: the least that it needs, and what a test adds to it.
///
/// @param store the directory of its store
/// @param port where it serves; 0 for any
/// @param mayFound whether it may found a cluster
/// @param legion more lines of the group `legion`
/// @param groups further groups of keys, at the end
public record NodeText(Path store, int port, boolean mayFound, List<String> legion, String groups) {
    static NodeText of(Path store, int port) {
        return new NodeText(store, port, true, List.of(), "");
    }

    NodeText mayFound(boolean may) {
        return new NodeText(store, port, may, legion, groups);
    }

    /// With these lines in the group `legion`.
    NodeText legion(String... lines) {
        return new NodeText(store, port, mayFound, List.of(lines), groups);
    }

    /// With these groups of keys too.
    NodeText with(String more) {
        return new NodeText(store, port, mayFound, legion, groups + more);
    }

    String text() {
        var lines = legion.stream().map(line -> "  " + line + "\n").collect(Collectors.joining());
        var shards = lines.contains("shards:") ? "" : "  shards: 16\n";
        var name = lines.contains("clusterName:") ? "" : "  clusterName: test\n";
        return """
                log: console
                store:
                  rocksdb:
                    directory: '%s'
                http:
                  port: %d
                %slegion:
                %s%s%s  startup:
                    automatic:
                      mayFound: %s
                """.formatted(store, port, groups, name, shards, lines, mayFound);
    }

    NodeConfig parsed() {
        return Configuration.parse("a node", text(), NodeConfig.class);
    }

    /// Writes it to this file.
    Path write(Path file) throws IOException {
        return Files.writeString(file, text());
    }
}
