package io.legion.backup;

import io.legion.Legion;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// The shards of a cluster of one node, as extracts give them.
final class TestExtracts {
    private TestExtracts() {}

    /// The SHA-256 of the states of each, in hexadecimal digits.
    static Map<Integer, String> digests(Legion legion) {
        var operations = legion.operations();
        int shards = operations.identity().shards();
        var digests = new TreeMap<Integer, String>();
        for (var shard : operations.settle(IntStream.range(0, shards).boxed().toList(), Duration.ofSeconds(20))) {
            var extract = operations.extract(shard.shard(), shard.position());
            int section = 0;
            var piece = operations.piece(extract.number(), section, 0, Optional.empty());
            while (!piece.isEnd()) {
                piece = operations.piece(extract.number(), ++section, 0, Optional.empty());
            }
            digests.put(shard.shard(), HexFormat.of().formatHex(piece.digest().shared()));
        }
        return digests;
    }
}
