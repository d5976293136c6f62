package io.legion.backup;

import io.legion.core.Bytes;
import io.legion.operations.Extract;
import io.legion.operations.ExtractPiece;
import io.legion.operations.SettledShard;
import io.legion.operations.UnreachableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A source that fails after some pieces, as when the process is killed.
final class FailingSource implements BackupSource {
    /// Nobody handles it.
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final BackupSource source;
    private final AtomicInteger left;
    private final boolean atOneNode;
    private final Set<Long> unreadable = ConcurrentHashMap.newKeySet();
    private Runnable meanwhile = () -> {};

    /// @param pieces how many pieces it gives
    FailingSource(BackupSource source, int pieces) {
        this(source, pieces, false);
    }

    private FailingSource(BackupSource source, int pieces, boolean atOneNode) {
        this.source = source;
        this.left = new AtomicInteger(pieces);
        this.atOneNode = atOneNode;
    }

    /// One whose first node opens each extract, and cannot read it.
    static FailingSource atOneNode(BackupSource source) {
        return new FailingSource(source, Integer.MAX_VALUE, true);
    }

    /// Does this while the backup is being taken.
    void meanwhile(Runnable action) {
        meanwhile = action;
    }

    @Override
    public ClusterFacts facts() {
        meanwhile.run();
        return source.facts();
    }

    @Override
    public List<SettledShard> settle(List<Integer> shards, Duration patience) {
        return source.settle(shards, patience);
    }

    @Override
    public Extract extract(int shard, long least, int turn) {
        var extract = source.extract(shard, least, turn);
        if (atOneNode && turn == 0) {
            unreadable.add(extract.number());
        }
        return extract;
    }

    @Override
    public ExtractPiece piece(Extract extract, int section, int offset, Optional<Bytes> expected) {
        if (left.decrementAndGet() < 0) {
            throw new Failed();
        }
        if (unreadable.contains(extract.number())) {
            throw new UnreachableException("The node gives no extract: a block of it is damaged.");
        }
        return source.piece(extract, section, offset, expected);
    }
}
