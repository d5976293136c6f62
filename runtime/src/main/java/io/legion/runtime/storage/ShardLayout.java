package io.legion.runtime.storage;

import io.legion.core.Bytes;
import io.legion.core.IndexRecord;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.PartitionKey;
import io.legion.core.SearchTag;
import io.legion.core.Tag;
import io.legion.core.shard.PartitionAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The keys under which a node's store keeps what its shards write. Numbers are big-endian, so the keys have
/// the order of the numbers.
///
/// | key | value |
/// | --- | --- |
/// | `n`, name | a record of the node itself |
/// | `l`, number (8) | a request that did not get into history, and never will |
/// | `s`, shard (2), type (4), partition key | the partition's state |
/// | `e`, shard (2), origin's node (8), origin's epoch (8), sequence (8) | an entry of the log |
/// | `r`, shard (2), name | a record of the replica |
/// | `i`, type (4), tag with each 0 byte written as 0 1, then 0 0, partition key | nothing: a record of the index |
///
/// The index is not divided by shard, so a search over all shards is one scan. A tag ends with bytes that are
/// below every continuation of it, so the keys are ordered by tag, then by partition key.
public final class ShardLayout {
    /// The version of this layout, for [io.legion.spi.StoreIdentity#format()].
    public static final int FORMAT = 2;

    private static final int HEAD = 3;
    private static final int LOG = HEAD + 2 * Long.BYTES;

    /// The length of the key of an entry.
    public static final int ENTRY_BYTES = LOG + Long.BYTES;

    private static final int MOST_SHARDS = 1 << Short.SIZE;
    private static final int ADDRESS = HEAD + Integer.BYTES;

    private ShardLayout() {}

    static byte[] nodeRecord(String name) {
        byte[] text = Bytes.of(name).shared();
        return ByteBuffer.allocate(1 + text.length).put((byte) 'n').put(text).array();
    }

    public static byte[] lost(long number) {
        return ByteBuffer.allocate(1 + Long.BYTES)
                .put((byte) 'l')
                .putLong(number)
                .array();
    }

    static long numberOfLost(byte[] key) {
        return ByteBuffer.wrap(key).getLong(1);
    }

    static byte[] allLost() {
        return new byte[] {'l'};
    }

    public static byte[] state(int shard, PartitionAddress address) {
        byte[] partition = address.key().bytes().shared();
        return head('s', shard, Integer.BYTES + partition.length)
                .putInt(address.type())
                .put(partition)
                .array();
    }

    /// The beginning of the states of a type whose keys begin with a prefix.
    static byte[] states(int shard, int type, Bytes prefix) {
        return head('s', shard, Integer.BYTES + prefix.size())
                .putInt(type)
                .put(prefix.shared())
                .array();
    }

    public static PartitionAddress addressOfState(byte[] key) {
        int type = ByteBuffer.wrap(key).getInt(HEAD);
        return new PartitionAddress(type, keyFrom(key, ADDRESS));
    }

    public static byte[] entry(int shard, ParticipantId origin, long sequence) {
        var key = ByteBuffer.allocate(ENTRY_BYTES);
        entry(key, shard, origin, sequence);
        return key.array();
    }

    /// Writes the key of an entry over the contents of a buffer of [#ENTRY_BYTES].
    public static void entry(ByteBuffer key, int shard, ParticipantId origin, long sequence) {
        key.clear()
                .put((byte) 'e')
                .putShort((short) shard)
                .putLong(origin.node().value())
                .putLong(origin.epoch())
                .putLong(sequence);
    }

    /// True for the key of an entry of a log.
    public static boolean isEntry(byte[] key) {
        return key.length == ENTRY_BYTES && key[0] == 'e';
    }

    public static int shardOf(byte[] entryKey) {
        return Short.toUnsignedInt(ByteBuffer.wrap(entryKey).getShort(1));
    }

    public static ParticipantId originOf(byte[] entryKey) {
        var key = ByteBuffer.wrap(entryKey);
        return new ParticipantId(new NodeId(key.getLong(HEAD)), key.getLong(HEAD + Long.BYTES));
    }

    public static boolean isOfOrigin(byte[] entryKey, ParticipantId origin) {
        var key = ByteBuffer.wrap(entryKey);
        return key.getLong(HEAD) == origin.node().value() && key.getLong(HEAD + Long.BYTES) == origin.epoch();
    }

    public static long sequenceOf(byte[] entryKey) {
        return ByteBuffer.wrap(entryKey).getLong(LOG);
    }

    /// The first shard with entries that may be at or after this key; beyond all shards if there is none.
    public static int firstShard(byte[] key) {
        int kind = Arrays.compareUnsigned(key, 0, Math.min(1, key.length), new byte[] {'e'}, 0, 1);
        if (kind != 0) {
            return kind < 0 ? 0 : MOST_SHARDS;
        }
        return shardOf(Arrays.copyOf(key, ENTRY_BYTES));
    }

    /// The first sequence number in this log whose key is at or after `bound`, as an unsigned number; -1 if
    /// there may be none.
    public static long firstSequence(int shard, ParticipantId origin, byte[] bound) {
        byte[] log = entry(shard, origin, 0);
        int order = Arrays.compareUnsigned(log, 0, LOG, bound, 0, Math.min(LOG, bound.length));
        if (order != 0) {
            return order > 0 ? 0 : -1;
        }
        long sequence = sequenceOf(Arrays.copyOf(bound, ENTRY_BYTES));
        return bound.length > ENTRY_BYTES && sequence != -1 ? sequence + 1 : sequence;
    }

    public static byte[] record(int shard, Bytes name) {
        return head('r', shard, name.size()).put(name.shared()).array();
    }

    static Bytes nameOfRecord(byte[] key) {
        return Bytes.wrap(Arrays.copyOfRange(key, HEAD, key.length));
    }

    public static byte[] tag(int type, IndexRecord record) {
        return tag(type, record.tag(), record.key().bytes().shared());
    }

    /// The key at which a search from this tag begins: the first one that can belong to a record greater
    /// than it.
    static byte[] afterSearchTag(int type, SearchTag from) {
        if (from.key().isEmpty()) {
            return tag(type, from.tag(), new byte[0]);
        }
        byte[] at = tag(type, from.tag(), from.key().get().bytes().shared());
        return Arrays.copyOf(at, at.length + 1);
    }

    static byte[] typeOfIndex(int type) {
        return ByteBuffer.allocate(1 + Integer.BYTES)
                .put((byte) 'i')
                .putInt(type)
                .array();
    }

    public static int typeOf(byte[] indexKey) {
        return ByteBuffer.wrap(indexKey).getInt(1);
    }

    public static IndexRecord recordOf(byte[] indexKey) {
        byte[] tag = new byte[indexKey.length];
        int size = 0;
        int at = 1 + Integer.BYTES;
        while (indexKey[at] != 0 || indexKey[at + 1] != 0) {
            tag[size++] = indexKey[at];
            at += indexKey[at] == 0 ? 2 : 1;
        }
        return new IndexRecord(new Tag(Bytes.copyOf(tag, 0, size)), keyFrom(indexKey, at + 2));
    }

    /// The beginning of the key range that holds one kind of thing of a shard.
    public static byte[] begin(char kind, int shard) {
        return head(kind, shard, 0).array();
    }

    /// The first key after all keys that begin with `prefix`; every prefix here has one.
    public static byte[] after(byte[] prefix) {
        byte[] end = prefix.clone();
        for (int i = end.length - 1; i >= 0; i--) {
            if (end[i] != -1) {
                end[i]++;
                return Arrays.copyOf(end, i + 1);
            }
        }
        throw new IllegalArgumentException("no key comes after this prefix");
    }

    private static byte[] tag(int type, Tag tag, byte[] partition) {
        Bytes bytes = tag.bytes();
        int zeros = 0;
        for (int i = 0; i < bytes.size(); i++) {
            zeros += bytes.at(i) == 0 ? 1 : 0;
        }
        var key = ByteBuffer.allocate(1 + Integer.BYTES + bytes.size() + zeros + 2 + partition.length)
                .put((byte) 'i')
                .putInt(type);
        for (int i = 0; i < bytes.size(); i++) {
            key.put(bytes.at(i));
            if (bytes.at(i) == 0) {
                key.put((byte) 1);
            }
        }
        return key.putShort((short) 0).put(partition).array();
    }

    private static PartitionKey keyFrom(byte[] bytes, int begin) {
        return new PartitionKey(Bytes.copyOf(bytes, begin, bytes.length));
    }

    private static ByteBuffer head(char kind, int shard, int more) {
        return ByteBuffer.allocate(HEAD + more).put((byte) kind).putShort((short) shard);
    }
}
