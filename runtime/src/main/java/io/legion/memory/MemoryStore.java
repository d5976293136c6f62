package io.legion.memory;

import io.legion.service.ByteSize;
import io.legion.service.Default;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import io.legion.spi.StoreException;
import io.legion.spi.StoreIdentity;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A [Store] in the heap of this process, for tests and for data that may be lost.
///
/// It gives [Durability#MEMORY] whatever the caller asks for, and forgets everything at its close, its identity
/// too. So a node on it is a new node at each start (R1), and the promise of DURABLE rests on the other nodes
/// alone.
///
/// A write changes the map in place, and a scan reads one version of it: the first change of each part after a
/// scan has begun copies that part. Reads and writes take turns. A scan delays nobody, except while it copies
/// entries of logs. A key costs about 70 bytes beside its own and those of its value. The store does not keep
/// the key of an entry: it copies the value into a chunk shared with other values, which costs about 20 bytes
/// more.
public final class MemoryStore implements Store, AutoCloseable {

    /// The configuration.
    ///
    /// @param maximumSize the most bytes of keys and values together; a batch beyond that is refused
    public record Config(@Default("1 GiB") ByteSize maximumSize) {}

    private final Config config;
    private final ReentrantLock turn = new ReentrantLock();

    /// Null when closed.
    private @Nullable MemoryContents contents = new MemoryContents();

    private @Nullable StoreIdentity identity;

    private MemoryStore(Config config) {
        this.config = config;
    }

    /// A new, empty store.
    public static MemoryStore open(Config config) {
        return new MemoryStore(config);
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return inTurn(() -> opened().get(key));
    }

    @Override
    public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
        var version = inTurn(() -> opened().version(from, to));
        if (to == null || Arrays.compareUnsigned(from, to) < 0) {
            version.scan(from, to, visitor);
        }
    }

    @Override
    public void write(Batch batch, Durability durability) {
        inTurn(() -> {
            var present = opened();
            requireIdentified();
            if (present.bytes() + batch.size() > config.maximumSize().bytes()) {
                changeWithinBounds(present, batch);
            } else {
                present.change(batch);
            }
            return null;
        });
    }

    /// A refused batch leaves everything as it was.
    private void changeWithinBounds(MemoryContents present, Batch batch) {
        var before = present.before(batch);
        long bytes = present.bytes();
        present.change(batch);
        long after = present.bytes();
        if (after > config.maximumSize().bytes() && after > bytes) {
            present.goBack(before);
            throw full(after);
        }
    }

    private <T extends @Nullable Object> T inTurn(Supplier<T> action) {
        turn.lock();
        try {
            return action.get();
        } finally {
            turn.unlock();
        }
    }

    @Override
    public Durability strongest() {
        return Durability.MEMORY;
    }

    @Override
    public Optional<StoreIdentity> identity() {
        return inTurn(() -> {
            opened();
            return Optional.ofNullable(identity);
        });
    }

    @Override
    public void identify(StoreIdentity next) {
        inTurn(() -> {
            opened();
            StoreIdentity.requireSameCluster(identity, next);
            identity = next;
            return null;
        });
    }

    @Override
    public boolean stoppedCleanly() {
        inTurn(this::opened);
        return true;
    }

    @Override
    public boolean complete() {
        inTurn(this::opened);
        return true;
    }

    @Override
    public void close() {
        inTurn(() -> contents = null);
    }

    private MemoryContents opened() {
        var now = contents;
        if (now == null) {
            throw new IllegalStateException("The store is closed.");
        }
        return now;
    }

    private void requireIdentified() {
        if (identity == null) {
            throw new IllegalStateException("The store was never identified: call identify before the first write.");
        }
    }

    private StoreException full(long bytes) {
        return new StoreException.Full("The store in memory is full: the batch would bring it to " + bytes
                + " bytes, and maximumSize is " + config.maximumSize()
                + ". Nothing of the batch was written. Give it more, or use a store on disk.");
    }
}
