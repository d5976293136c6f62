package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.IndexRecord;
import io.legion.core.ParticipantId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a replica has written, kept in memory: the storage of replicas in tests.
final class StoredWrites implements ShardStorage {
    final TreeMap<PartitionAddress, Bytes> states = new TreeMap<>();
    final TreeMap<ParticipantId, TreeMap<Long, Bytes>> entries = new TreeMap<>();
    final TreeMap<Bytes, Bytes> records = new TreeMap<>();
    final TreeSet<IndexRecord> tags = new TreeSet<>();

    /// Everything as it is now.
    /// The types of the release that reads it.
    PartitionTypes types = Journalled.TYPES;

    StoredWrites copy() {
        var copy = new StoredWrites();
        copy.types = types;
        copy.become(this);
        return copy;
    }

    /// This store is replaced by another one.
    void become(StoredWrites other) {
        dropEverything();
        states.putAll(other.states);
        other.entries.forEach((origin, ofOrigin) -> entries.put(origin, new TreeMap<>(ofOrigin)));
        records.putAll(other.records);
        tags.addAll(other.tags);
    }

    void apply(List<Write> writes) {
        writes.forEach(this::apply);
    }

    private void apply(Write write) {
        switch (write) {
            case Write.PutState w -> states.put(w.address(), w.bytes());
            case Write.DropState w -> states.remove(w.address());
            case Write.PutEntry w ->
                entries.computeIfAbsent(w.origin(), _ -> new TreeMap<>()).put(w.sequence(), w.bytes());
            case Write.DropEntries w ->
                entries.getOrDefault(w.origin(), new TreeMap<>())
                        .subMap(w.first(), true, w.last(), true)
                        .clear();
            case Write.PutTag w -> tags.add(w.record());
            case Write.DropTag w -> tags.remove(w.record());
            case Write.PutRecord w -> records.put(w.name(), w.bytes());
            case Write.DropRecord w -> records.remove(w.name());
            case Write.DropEverything _ -> dropEverything();
        }
    }

    private void dropEverything() {
        states.clear();
        entries.clear();
        records.clear();
        tags.clear();
    }

    @Override
    public @Nullable Object state(PartitionAddress address) {
        Bytes bytes = states.get(address);
        return bytes == null ? null : types.require(address.type()).stateCodec().decode(bytes.shared());
    }

    @Override
    public void states(@Nullable PartitionAddress after, StateVisitor visitor) {
        for (Map.Entry<PartitionAddress, Bytes> state :
                (after == null ? states : states.tailMap(after, false)).entrySet()) {
            if (!visitor.visit(state.getKey(), state.getValue())) {
                return;
            }
        }
    }

    @Override
    public void entries(EntryVisitor visitor) {
        entries.values().forEach(ofOrigin -> ofOrigin.values().forEach(visitor::visit));
    }

    @Override
    public void records(Bytes prefix, RecordVisitor visitor) {
        records.tailMap(prefix, true).forEach((name, bytes) -> {
            if (name.startsWith(prefix)) {
                visitor.visit(name, bytes);
            }
        });
    }
}
