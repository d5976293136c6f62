package io.legion.core.shard;

import io.legion.core.Bytes;
import java.util.ArrayDeque;
import java.util.List;

/// Records of one kind that were stored many at a time, in the order of history. A chunk goes once nothing in
/// it is remembered any more.
final class RecordChunks {
    /// By the positions of its first and its last.
    private record Chunk(long first, long last) {}

    private final Bytes prefix;
    private final ArrayDeque<Chunk> chunks = new ArrayDeque<>();

    RecordChunks(Bytes prefix) {
        this.prefix = prefix;
    }

    /// A chunk that the store holds already.
    void know(long first, long last) {
        chunks.addLast(new Chunk(first, last));
    }

    /// Adds the write of one more chunk.
    void add(NewRecords news, List<Write> writes) {
        writes.add(new Write.PutRecord(Records.name(prefix, news.first()), Records.encode(news::write)));
        know(news.first(), news.last());
    }

    /// Adds the writes that drop the chunks before this position.
    void dropBefore(long oldest, List<Write> writes) {
        while (!chunks.isEmpty() && chunks.getFirst().last < oldest) {
            writes.add(new Write.DropRecord(Records.name(prefix, chunks.removeFirst().first)));
        }
    }
}
