package io.legion.backup;

import io.legion.Legion;
import io.legion.core.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The sections of the shards of a cluster of one node.
final class TestExtracts {
    private TestExtracts() {}

    /// Their digests, by shard.
    static List<List<Bytes>> sections(Legion legion) {
        var operations = legion.operations();
        int shards = operations.identity().shards();
        var settled = operations.settle(IntStream.range(0, shards).boxed().toList(), Duration.ofSeconds(20));
        return settled.stream()
                .map(shard -> {
                    var extract = operations.extract(shard.shard(), shard.position());
                    var digests = new ArrayList<Bytes>();
                    for (int section = 0; ; section++) {
                        var piece = operations.piece(extract.number(), section, 0, Optional.empty());
                        if (piece.isEnd()) {
                            return List.copyOf(digests);
                        }
                        digests.add(piece.digest());
                    }
                })
                .toList();
    }
}
