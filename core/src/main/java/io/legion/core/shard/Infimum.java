package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.PartitionType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The states after every folded event: in the store, and here those that the store does not have yet.
final class Infimum {
    /// A state that the store does not have yet.
    ///
    /// @param number of the effects with which it goes to the store; 0 while it has not
    private record Unsaved(Object state, Bytes bytes, long number) {}

    private final ShardStorage storage;
    private final PartitionTypes types;
    private final LinkedHashMap<PartitionAddress, Unsaved> unsaved = new LinkedHashMap<>();

    /// The bytes of the changed states.
    private long changedBytes;

    /// Those that have changed since the last drain, in the order in which they first did.
    private final ArrayList<PartitionAddress> changed = new ArrayList<>();
    private final ArrayDeque<Map.Entry<Long, List<PartitionAddress>>> underWay = new ArrayDeque<>();
    private final HashMap<Integer, Bytes> initialBytes = new HashMap<>();

    /// While a wipe is on its way to the store, what the store still has does not count.
    private boolean wiped;

    private long wipedNumber = Long.MAX_VALUE;

    Infimum(ShardStorage storage, PartitionTypes types) {
        this.storage = storage;
        this.types = types;
    }

    /// The state of a partition: the initial one of its type if it has none of its own.
    Object state(PartitionAddress address, PartitionType<?> type) {
        Unsaved fresh = unsaved.get(address);
        if (fresh != null) {
            return fresh.state;
        }
        Object stored = stored(address);
        return stored == null ? type.initial() : stored;
    }

    private @Nullable Object stored(PartitionAddress address) {
        return wiped ? null : storage.state(address);
    }

    /// Everything is to be dropped: all partitions are at their initial states.
    void wipe() {
        unsaved.clear();
        changed.clear();
        changedBytes = 0;
        wiped = true;
        wipedNumber = Long.MAX_VALUE;
    }

    /// The wipe goes to the store under this number.
    void wiping(long number) {
        wipedNumber = number;
    }

    void put(PartitionAddress address, Object state, Bytes bytes) {
        Unsaved before = unsaved.put(address, new Unsaved(state, bytes, 0));
        changedBytes += bytes.size();
        if (before != null && before.number == 0) {
            changedBytes -= before.bytes.size();
        } else {
            changed.add(address);
        }
    }

    /// The size of what changed since the last drain, in bytes.
    long changedBytes() {
        return changedBytes;
    }

    /// True if the partition is back at its initial state.
    private boolean isInitial(PartitionAddress address, Bytes bytes) {
        return bytes.equals(initialBytes.computeIfAbsent(address.type(), type -> encodeInitial(types.require(type))));
    }

    private static <S> Bytes encodeInitial(PartitionType<S> type) {
        return Bytes.wrap(type.stateCodec().encode(type.initial()));
    }

    /// Adds the writes of what changed since the last call.
    void drain(List<Write> writes, long number) {
        if (changed.isEmpty()) {
            return;
        }
        for (PartitionAddress address : changed) {
            Unsaved fresh = Objects.requireNonNull(unsaved.get(address));
            writes.add(
                    isInitial(address, fresh.bytes)
                            ? new Write.DropState(address)
                            : new Write.PutState(address, fresh.state, fresh.bytes));
            unsaved.put(address, new Unsaved(fresh.state, fresh.bytes, number));
        }
        underWay.addLast(Map.entry(number, List.copyOf(changed)));
        changed.clear();
        changedBytes = 0;
    }

    /// The writes up to this number are in the store, which answers for them from now on.
    void stored(long number) {
        wiped = wiped && number < wipedNumber;
        while (!underWay.isEmpty() && underWay.getFirst().getKey() <= number) {
            long saved = underWay.getFirst().getKey();
            for (PartitionAddress address : underWay.removeFirst().getValue()) {
                Unsaved fresh = unsaved.get(address);
                if (fresh != null && fresh.number == saved) {
                    unsaved.remove(address);
                }
            }
        }
    }

    /// The next encoded states after an address, up to a number of bytes.
    Piece piece(@Nullable PartitionAddress after, int maxBytes) {
        var found = new TreeMap<PartitionAddress, Message.CopiedState>();
        int[] size = {0};
        boolean[] cut = {false};
        storage.states(after, (address, bytes) -> {
            found.put(address, new Message.CopiedState(address, bytes));
            size[0] += bytes.size() + address.key().bytes().size();
            cut[0] = size[0] >= maxBytes;
            return !cut[0];
        });
        PartitionAddress last = cut[0] ? found.lastKey() : null;
        addUnsaved(found, after, last);
        return new Piece(List.copyOf(found.values()), last);
    }

    /// What is in this range and not in the store yet.
    private void addUnsaved(
            Map<PartitionAddress, Message.CopiedState> found,
            @Nullable PartitionAddress after,
            @Nullable PartitionAddress last) {
        unsaved.forEach((address, fresh) -> {
            boolean isAfter = after == null || address.compareTo(after) > 0;
            if (isAfter && (last == null || address.compareTo(last) <= 0)) {
                found.put(address, copied(address, fresh));
            }
        });
    }

    /// The present state of a partition, for a copy.
    Message.CopiedState copied(PartitionAddress address) {
        Unsaved fresh = unsaved.get(address);
        if (fresh != null) {
            return copied(address, fresh);
        }
        PartitionType<?> type = types.require(address.type());
        Object stored = stored(address);
        return new Message.CopiedState(address, stored == null ? null : encode(type, stored));
    }

    private Message.CopiedState copied(PartitionAddress address, Unsaved fresh) {
        return new Message.CopiedState(address, isInitial(address, fresh.bytes) ? null : fresh.bytes);
    }

    @SuppressWarnings("unchecked")
    private static <S> Bytes encode(PartitionType<S> type, Object state) {
        return Bytes.wrap(type.stateCodec().encode((S) state));
    }

    /// Some states of a copy.
    ///
    /// @param last where the next piece begins, exclusive; null if this was the last one
    record Piece(List<Message.CopiedState> states, @Nullable PartitionAddress last) {}
}
