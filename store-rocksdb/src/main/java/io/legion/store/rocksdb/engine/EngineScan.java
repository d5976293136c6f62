package io.legion.store.rocksdb.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/// The keys of a range as they were when it began, a bounded piece at a time. Between two pieces it holds nothing
/// but what the engine keeps for it: an engine that closes ends its scans.
///
/// **Threads.** Any.
public final class EngineScan implements AutoCloseable {
    /// Many scans want no more than the first keys.
    private static final int FEW = 8;

    private static final int MANY = 512;
    private static final int BYTES = 256 << 10;

    /// What is under a key.
    @SuppressWarnings("ArrayRecordComponent") // passed on at once
    public record Found(byte[] key, byte[] value) {}

    private final ReadOptions reading = new ReadOptions();
    private final @Nullable Slice bound;
    private final RocksIterator iterator;
    private final Consumer<EngineScan> whenClosed;
    private int most = FEW;
    private boolean closed;

    /// @param to the key before which it ends; null for none
    /// @param whenClosed hears that it has ended
    EngineScan(RocksDB db, byte[] from, byte @Nullable [] to, Consumer<EngineScan> whenClosed) {
        this.whenClosed = whenClosed;
        bound = to == null ? null : new Slice(to);
        iterator = db.newIterator(bound == null ? reading : reading.setIterateUpperBound(bound));
        iterator.seek(from);
    }

    /// What comes next, one key at least: no key at the end, and nothing if the engine was closed meanwhile.
    ///
    /// @throws RocksDBException if it cannot be read; all that comes before was given
    public synchronized Optional<List<Found>> next() throws RocksDBException {
        if (closed) {
            return Optional.empty();
        }
        var piece = new ArrayList<Found>();
        for (int bytes = 0; piece.size() < most && bytes < BYTES && iterator.isValid(); iterator.next()) {
            var found = new Found(iterator.key(), iterator.value());
            bytes += found.key().length + found.value().length;
            piece.add(found);
        }
        if (piece.isEmpty()) {
            // An iterator that meets damage says only that it is at its end.
            iterator.status();
        }
        most = Math.min(2 * most, MANY);
        return Optional.of(piece);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        iterator.close();
        reading.close();
        if (bound != null) {
            bound.close();
        }
        whenClosed.accept(this);
    }
}
