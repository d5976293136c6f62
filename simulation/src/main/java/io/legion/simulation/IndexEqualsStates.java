package io.legion.simulation;

import io.legion.core.Bytes;
import io.legion.core.PartitionType;
import io.legion.core.Tag;
import io.legion.core.shard.PartitionAddress;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// I8: the index of a node is the one that follows from its states.
final class IndexEqualsStates implements Checker {
    private final World world;

    IndexEqualsStates(World world) {
        this.world = world;
    }

    @Override
    public void atRest() {
        SortedSet<PartitionAddress> partitions = world.clients.inquiries().partitions();
        for (Machine machine : world.machines) {
            TreeSet<Bytes> expected = new TreeSet<>();
            for (PartitionAddress address : partitions) {
                Object state = machine.projectedState(address);
                if (state != null) {
                    addKeys(expected, address, world.types.require(address.type()), state);
                }
            }
            SortedSet<Bytes> index = machine.disk.index();
            if (!index.equals(expected)) {
                world.broken("IndexEqualsStates", machine.name + " has the index " + index + " instead of " + expected);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <S> void addKeys(Set<Bytes> keys, PartitionAddress address, PartitionType<S> type, Object state) {
        for (Tag tag : type.tags((S) state)) {
            keys.add(key(address, tag));
        }
    }

    /// `i`, type, the tag with each 0 written as 0 1, then 0 0, key.
    static Bytes key(PartitionAddress address, Tag tag) {
        var key = new ByteArrayOutputStream();
        key.write('i');
        key.writeBytes(ByteBuffer.allocate(4).putInt(address.type()).array());
        for (byte b : tag.bytes().toArray()) {
            key.write(b);
            if (b == 0) {
                key.write(1);
            }
        }
        key.write(0);
        key.write(0);
        key.writeBytes(address.key().bytes().toArray());
        return Bytes.wrap(key.toByteArray());
    }
}
