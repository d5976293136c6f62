package io.legion.runtime;

import io.legion.service.ByteSize;
import io.legion.service.Default;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A [Store] in the heap of this process, for tests and for data that may be lost.
///
/// It gives [Durability#MEMORY] whatever is asked, and forgets everything, its identity too, when it is closed:
/// a node on it is a new node on each start (R1), and what is promised of DURABLE rests on the other nodes
/// alone.
///
/// Readers take no lock and see one version of the whole map; writers take turns. An entry costs about 70 bytes
/// beside those of its key and value.
public final class MemoryStore implements Store, AutoCloseable {

    /// What can be configured.
    ///
    /// @param maximumSize the most bytes of keys and values together; a batch beyond it fails the store
    public record Config(@Default("1 GiB") ByteSize maximumSize) {}

    private final Config config;
    private final ReentrantLock writing = new ReentrantLock();

    /// Null when closed.
    private volatile @Nullable TreeNode root = TreeNode.empty();

    private volatile @Nullable StoreIdentity identity;
    private volatile @Nullable StoreException failure;

    private MemoryStore(Config config) {
        this.config = config;
    }

    /// A new, empty store.
    public static MemoryStore open(Config config) {
        return new MemoryStore(config);
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return opened().get(key);
    }

    @Override
    public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
        if (to == null || Arrays.compareUnsigned(from, to) < 0) {
            opened().scan(from, to, visitor);
        }
    }

    @Override
    public void write(Batch batch, Durability durability) {
        writing.lock();
        try {
            var before = opened();
            requireIdentified();
            requireWhole();
            var after = applied(batch, before);
            if (after.bytes() > config.maximumSize().bytes() && after.bytes() > before.bytes()) {
                throw fail(after.bytes());
            }
            root = after;
        } finally {
            writing.unlock();
        }
    }

    @Override
    public Durability strongest() {
        return Durability.MEMORY;
    }

    @Override
    public Optional<StoreIdentity> identity() {
        opened();
        return Optional.ofNullable(identity);
    }

    @Override
    public void identify(StoreIdentity next) {
        writing.lock();
        try {
            opened();
            StoreIdentity.requireSameCluster(identity, next);
            identity = next;
        } finally {
            writing.unlock();
        }
    }

    @Override
    public boolean stoppedCleanly() {
        opened();
        return true;
    }

    @Override
    public boolean complete() {
        opened();
        return true;
    }

    @Override
    public void close() {
        writing.lock();
        try {
            root = null;
        } finally {
            writing.unlock();
        }
    }

    private TreeNode opened() {
        var now = root;
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

    private void requireWhole() {
        var failed = failure;
        if (failed != null) {
            throw new StoreException(
                    "An earlier write failed, so nothing more is written: " + failed.getMessage(), failed);
        }
    }

    private StoreException fail(long bytes) {
        var full = new StoreException("The store in memory is full: the batch would bring it to " + bytes
                + " bytes, and maximumSize is " + config.maximumSize()
                + ". Nothing of the batch was written. Give it more, or use a store on disk.");
        failure = full;
        return full;
    }

    private static TreeNode applied(Batch batch, TreeNode before) {
        var changes = new Changes(before);
        batch.forEach(changes);
        return changes.root;
    }

    private static final class Changes implements Batch.Visitor {
        private TreeNode root;

        Changes(TreeNode root) {
            this.root = root;
        }

        @Override
        public void put(byte[] key, byte[] value) {
            root = root.put(key, value).asRoot();
        }

        @Override
        public void delete(byte[] key) {
            root = root.without(key, Arrays.copyOf(key, key.length + 1)).asRoot();
        }

        @Override
        public void deleteRange(byte[] from, byte[] to) {
            root = root.without(from, to).asRoot();
        }
    }
}
