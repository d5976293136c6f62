package io.legion.memory;

import io.legion.runtime.storage.ShardLayout;
import io.legion.spi.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys and values of a store in memory: entries of logs in [MemoryLogs], everything else in a tree.
final class MemoryContents implements Batch.Reader {
    /// The contents before a batch: the tree, and the entries that the batch is about to change.
    record Before(TreeNode tree, List<MemoryEntry> entries) {}

    /// What has been handed to a scan belongs to an earlier edit.
    private TreeNode.Edit edit = new TreeNode.Edit();

    private TreeNode tree = TreeNode.empty(edit);
    private final MemoryLogs logs = new MemoryLogs();

    /// The array in which a batch shows the keys of entries, which the logs do not keep. To keep a key of this
    /// length, copy it.
    private final byte[] lent = new byte[ShardLayout.ENTRY_BYTES];

    /// The bytes of keys and values.
    long bytes() {
        return tree.bytes() + logs.bytes();
    }

    byte @Nullable [] get(byte[] key) {
        return MemoryLogs.holds(key) ? logs.get(key) : tree.get(key);
    }

    /// What is in this range now, frozen: copies the entries of logs, shares the tree.
    MemoryVersion version(byte[] from, byte @Nullable [] to) {
        var entries = new ArrayList<MemoryEntry>();
        logs.forEach(from, to, entries::add);
        return new MemoryVersion(frozen(), entries);
    }

    private TreeNode frozen() {
        edit = new TreeNode.Edit();
        return tree;
    }

    /// Carries out the changes of a batch.
    void change(Batch batch) {
        batch.forEach(this, lent);
    }

    @Override
    public void put(byte[] key, byte[] buffer, int from, int length) {
        if (MemoryLogs.holds(key)) {
            logs.put(key, buffer, from, length);
        } else {
            byte[] kept = key.length == lent.length ? key.clone() : key;
            tree = tree.put(edit, kept, Arrays.copyOfRange(buffer, from, from + length))
                    .asRoot(edit);
        }
    }

    @Override
    public void delete(byte[] key) {
        if (MemoryLogs.holds(key)) {
            logs.delete(key);
        } else {
            tree = tree.without(edit, key, Arrays.copyOf(key, key.length + 1)).asRoot(edit);
        }
    }

    @Override
    public void deleteRange(byte[] from, byte[] to) {
        logs.deleteRange(from, to);
        tree = tree.without(edit, from, to).asRoot(edit);
    }

    /// What [#goBack] needs, if the batch turns out to be too large.
    Before before(Batch batch) {
        var entries = new ArrayList<MemoryEntry>();
        batch.forEach(new Batch.Reader() {
            @Override
            public void put(byte[] key, byte[] buffer, int from, int length) {
                delete(key);
            }

            @Override
            public void delete(byte[] key) {
                if (MemoryLogs.holds(key)) {
                    entries.add(new MemoryEntry(key, logs.get(key)));
                }
            }

            @Override
            public void deleteRange(byte[] from, byte[] to) {
                logs.forEach(from, to, entries::add);
            }
        });
        return new Before(frozen(), entries);
    }

    /// Undoes everything since then.
    void goBack(Before before) {
        tree = before.tree();
        for (var entry : before.entries()) {
            if (entry.value == null) {
                logs.delete(entry.key);
            } else {
                logs.put(entry.key, entry.value);
            }
        }
    }
}
