package io.legion.simulation.checkers;

import io.legion.core.Bytes;
import io.legion.core.IndexRecord;
import io.legion.core.PartitionType;
import io.legion.core.SearchTag;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.ReplicaStatus;
import io.legion.core.shard.Shards;
import io.legion.simulation.world.Machine;
import io.legion.simulation.world.World;
import io.legion.spi.StoreException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// I8: at any time, a search at a node finds the index of its projected states, and the index in its store is
/// that of the stored states, whatever has folded or is outstanding.
final class IndexEqualsStates implements Checker.OfSearches {
    private final World world;

    IndexEqualsStates(World world) {
        this.world = world;
    }

    @Override
    public void asked(Machine machine, int type) {
        if (!machine.isPrompt()) {
            return;
        }
        if (isComplete(machine)) {
            checkStored(machine);
        }
        List<IndexRecord> index;
        try {
            index = machine.ownIndex(type);
        } catch (StoreException | IllegalStateException _) {
            return;
        }
        checkProjected(machine, world.types.require(type), index);
    }

    /// R89: while tags are computed anew, the stored ones are of two versions; and where no replica runs, or another
    /// release has begun a copy, only the store knows of which.
    private boolean isComplete(Machine machine) {
        return world.releases.size() == 1
                || IntStream.range(0, world.scene.nodes().shards())
                        .filter(machine.disk::holds)
                        .allMatch(shard -> machine.status(shard)
                                .filter(status -> status.phase() != ReplicaStatus.Phase.COPYING)
                                .filter(status -> status.indexing().isEmpty())
                                .isPresent());
    }

    @Override
    public void yielded(int type, SearchTag from, List<IndexRecord> records) {}

    @Override
    public void atRest() {
        for (Machine machine : world.machines) {
            checkStored(machine);
            for (int type : types()) {
                checkProjected(machine, world.types.require(type), machine.ownIndex(type));
            }
        }
    }

    private SortedSet<Integer> types() {
        var types = new TreeSet<Integer>();
        world.inquiries.partitions().forEach(address -> types.add(address.type()));
        return types;
    }

    private void checkProjected(Machine machine, PartitionType<?> type, List<IndexRecord> index) {
        SortedSet<Integer> shards = machine.searchable(type.id());
        var expected = new TreeSet<IndexRecord>();
        for (PartitionAddress address : world.inquiries.partitions()) {
            if (address.type() == type.id()
                    && shards.contains(Shards.of(address, world.scene.nodes().shards()))) {
                expected.addAll(records(machine, address, type, machine.projectedState(address)));
            }
        }
        require(machine, "finds by its index", index, List.copyOf(expected));
    }

    private void checkStored(Machine machine) {
        var expected = new TreeSet<Bytes>();
        for (PartitionAddress address : world.inquiries.partitions()) {
            byte[] state =
                    machine.disk.state(Shards.of(address, world.scene.nodes().shards()), address);
            PartitionType<?> type = world.types.require(address.type());
            for (IndexRecord indexed : records(
                    machine,
                    address,
                    type,
                    state == null ? null : type.stateCodec().decode(state))) {
                expected.add(key(address, indexed));
            }
        }
        require(machine, "has stored the index", List.copyOf(machine.disk.index()), List.copyOf(expected));
    }

    private void require(Machine machine, String what, List<?> index, List<?> expected) {
        if (!index.equals(expected)) {
            world.broken("IndexEqualsStates", machine.name + " " + what + " " + index + " instead of " + expected);
        }
    }

    /// None for a partition at its initial state: it has no record, as if nobody had ever touched it.
    @SuppressWarnings("unchecked")
    private <S> SortedSet<IndexRecord> records(
            Machine machine, PartitionAddress address, PartitionType<S> type, @Nullable Object state) {
        var records = new TreeSet<IndexRecord>();
        if (state != null && !state.equals(type.initial())) {
            type.tags((S) state, version(machine, address))
                    .forEach(tag -> records.add(new IndexRecord(tag, address.key())));
        }
        return records;
    }

    /// The version of the address's type that is active at the machine; the newest one of its release while it
    /// only has a copy.
    private int version(Machine machine, PartitionAddress address) {
        int known = machine.status(Shards.of(address, world.scene.nodes().shards()))
                .map(status -> status.versions().getOrDefault(address.type(), 0))
                .orElse(0);
        var release = world.releases.get(machine.release());
        return known == 0 ? release.require(address.type()).version() : known;
    }

    /// `i`, type, the tag with each 0 written as 0 1, then 0 0, key.
    private static Bytes key(PartitionAddress address, IndexRecord indexed) {
        var key = new ByteArrayOutputStream();
        key.write('i');
        key.writeBytes(ByteBuffer.allocate(4).putInt(address.type()).array());
        for (byte b : indexed.tag().bytes().toArray()) {
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
