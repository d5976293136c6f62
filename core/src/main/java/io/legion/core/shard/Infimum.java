package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.IndexRecord;
import io.legion.core.PartitionType;
import io.legion.core.Tag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The states after every folded event: those in the store, and here those that the store does not have yet.
final class Infimum {
    /// A partition's state that the store does not have yet; reused when the partition changes again.
    static final class Unsaved {
        final PartitionAddress address;
        final PartitionType<?> type;
        private Object state;

        /// The most bytes that it takes.
        private int size;

        /// True if it has changed since the last drain.
        private boolean changed;

        /// The number of the effects with which it last went to the store.
        private long number;

        /// The tags that the store's index has for the partition, or will have with the writes under way.
        private SortedSet<Tag> storedTags;

        /// False if the index may lack some of them, since the tags are computed anew (R89).
        private boolean hasStoredTags;

        /// True if the store has it, or it was dropped.
        private boolean gone;

        /// See [Infimum#beginnings].
        private final long beginnings;

        private Unsaved(
                PartitionAddress address,
                PartitionType<?> type,
                Object state,
                SortedSet<Tag> storedTags,
                boolean hasStoredTags,
                long beginnings) {
            this.hasStoredTags = hasStoredTags;
            this.beginnings = beginnings;
            this.address = address;
            this.type = type;
            this.state = state;
            this.storedTags = storedTags;
        }

        /// The store has it, and it changes again.
        private Unsaved again() {
            gone = false;
            return this;
        }
    }

    private record UnderWay(long number, List<Unsaved> states) {}

    private final ShardStorage storage;
    private final PartitionTypes types;
    private final Tagger tagger;
    private final IndexVersions versions;
    private final LinkedHashMap<PartitionAddress, Unsaved> unsaved = new LinkedHashMap<>();

    /// The most bytes that the changed states take.
    private long changedBytes;

    /// The states that have changed since the last drain, in the order in which they first did.
    private final ArrayList<Unsaved> changed = new ArrayList<>();
    private final ArrayDeque<UnderWay> underWay = new ArrayDeque<>();

    /// Counts the states put for a partition of which nothing was known, the wipes, and the changes of an index. As
    /// long as it stays the same, what was known of a partition's stored tags holds.
    private long beginnings;

    /// While a wipe is on its way to the store, what the store still has does not count.
    private boolean wiped;

    private long wipedNumber = Long.MAX_VALUE;

    Infimum(ShardStorage storage, PartitionTypes types, Tagger tagger, IndexVersions versions) {
        this.versions = versions;
        this.storage = storage;
        this.types = types;
        this.tagger = tagger;
    }

    /// The state of a partition: its type's initial one if it has none of its own.
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

    /// The tags that the store's index has for a partition (R66): those of the state that the store has.
    SortedSet<Tag> storedTags(PartitionAddress address, PartitionType<?> type) {
        Unsaved fresh = unsaved.get(address);
        return fresh != null ? fresh.storedTags : storedStateTags(address, type);
    }

    private SortedSet<Tag> storedStateTags(PartitionAddress address, PartitionType<?> type) {
        return type.isIndexed() ? tagger.stored(address, type, stored(address)) : Collections.emptySortedSet();
    }

    /// Drops everything: all partitions are at their initial states.
    void wipe() {
        beginnings++;
        unsaved.values().forEach(fresh -> fresh.gone = true);
        unsaved.clear();
        changed.clear();
        changedBytes = 0;
        wiped = true;
        wipedNumber = Long.MAX_VALUE;
    }

    /// The effects of this number take the wipe to the store.
    void wiping(long number) {
        wipedNumber = number;
    }

    /// Gives a partition another state.
    ///
    /// @param known what the previous call returned for the partition, or null
    /// @param size the most bytes that the state takes
    Unsaved put(@Nullable Unsaved known, PartitionAddress address, PartitionType<?> type, Object state, int size) {
        Unsaved fresh = known == null || known.gone ? unsaved(known, address, type, state) : known;
        if (!fresh.changed) {
            fresh.changed = true;
            changed.add(fresh);
            changedBytes += size;
        } else {
            changedBytes += size - fresh.size;
        }
        fresh.state = state;
        fresh.size = size;
        return fresh;
    }

    /// @param before what this object kept of the partition until the store had it, or null
    private Unsaved unsaved(@Nullable Unsaved before, PartitionAddress address, PartitionType<?> type, Object state) {
        beginnings += before == null ? 1 : 0;
        return unsaved.computeIfAbsent(
                address,
                _ -> before != null && before.beginnings == beginnings
                        ? before.again()
                        : new Unsaved(
                                address,
                                type,
                                state,
                                storedStateTags(address, type),
                                versions.isComplete(type),
                                beginnings));
    }

    /// How many states have changed since the last drain.
    int changed() {
        return changed.size();
    }

    /// The most bytes that the states changed since the last drain take.
    long changedBytes() {
        return changedBytes;
    }

    /// Adds the writes of the states that changed since the last call, and those of their tags.
    void drain(List<Write> writes, long number) {
        if (changed.isEmpty()) {
            return;
        }
        for (Unsaved fresh : changed) {
            fresh.changed = false;
            fresh.number = number;
            Bytes bytes = tagger.encode(fresh.type, fresh.state);
            boolean initial = tagger.isInitial(fresh.type, bytes);
            writes.add(
                    initial
                            ? new Write.DropState(fresh.address)
                            : new Write.PutState(fresh.address, fresh.state, bytes));
            drainTags(
                    fresh,
                    initial ? Collections.emptySortedSet() : tagger.tagsOfOther(fresh.address, fresh.type, fresh.state),
                    writes);
        }
        underWay.addLast(new UnderWay(number, List.copyOf(changed)));
        changed.clear();
        changedBytes = 0;
    }

    /// R66: the stored index is that of the stored states.
    private static void drainTags(Unsaved fresh, SortedSet<Tag> after, List<Write> writes) {
        SortedSet<Tag> before = fresh.storedTags;
        for (Tag tag : before) {
            if (!after.contains(tag)) {
                writes.add(new Write.DropTag(fresh.address.type(), new IndexRecord(tag, fresh.address.key())));
            }
        }
        for (Tag tag : after) {
            if (!fresh.hasStoredTags || !before.contains(tag)) {
                writes.add(new Write.PutTag(fresh.address.type(), new IndexRecord(tag, fresh.address.key())));
            }
        }
        fresh.storedTags = after;
        fresh.hasStoredTags = true;
    }

    /// R89: another version of the type's index function is active: the states here get its tags with the next drain.
    /// What was known of the stored tags of others holds no longer.
    void retag(PartitionType<?> type) {
        beginnings++;
        for (Unsaved fresh : unsaved.values()) {
            if (fresh.address.type() == type.id() && !fresh.changed) {
                fresh.changed = true;
                changed.add(fresh);
                changedBytes += fresh.size;
            }
        }
    }

    /// R89: the tags of a state in the store become those of the active version. A state that is here as well gets them
    /// with its next drain.
    void retag(PartitionAddress address, PartitionType<?> type, Bytes stored, List<Write> writes) {
        if (unsaved.containsKey(address)) {
            return;
        }
        Object state = type.stateCodec().decode(stored.shared());
        SortedSet<Tag> after = tagger.tags(address, type, state);
        for (Tag tag : tagger.stored(address, type, state)) {
            if (!after.contains(tag)) {
                writes.add(new Write.DropTag(address.type(), new IndexRecord(tag, address.key())));
            }
        }
        after.forEach(tag -> writes.add(new Write.PutTag(address.type(), new IndexRecord(tag, address.key()))));
    }

    /// The writes up to this number are in the store, which answers for them from now on.
    void stored(long number) {
        wiped = wiped && number < wipedNumber;
        while (!underWay.isEmpty() && underWay.getFirst().number <= number) {
            UnderWay saved = underWay.removeFirst();
            for (Unsaved fresh : saved.states) {
                if (!fresh.gone && !fresh.changed && fresh.number == saved.number) {
                    fresh.gone = true;
                    unsaved.remove(fresh.address);
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

    /// Adds the states in this range that are not in the store yet.
    private void addUnsaved(
            Map<PartitionAddress, Message.CopiedState> found,
            @Nullable PartitionAddress after,
            @Nullable PartitionAddress last) {
        unsaved.forEach((address, fresh) -> {
            boolean isAfter = after == null || address.compareTo(after) > 0;
            if (isAfter && (last == null || address.compareTo(last) <= 0)) {
                found.put(address, copied(fresh));
            }
        });
    }

    /// The present state of a partition, for a copy.
    Message.CopiedState copied(PartitionAddress address) {
        Unsaved fresh = unsaved.get(address);
        if (fresh != null) {
            return copied(fresh);
        }
        PartitionType<?> type = types.require(address.type());
        Object stored = stored(address);
        return new Message.CopiedState(address, stored == null ? null : tagger.encode(type, stored));
    }

    private Message.CopiedState copied(Unsaved fresh) {
        Bytes bytes = tagger.encode(fresh.type, fresh.state);
        return new Message.CopiedState(fresh.address, tagger.isInitial(fresh.type, bytes) ? null : bytes);
    }

    /// Some states of a copy.
    ///
    /// @param last where the next piece begins, exclusive; null if this was the last one
    record Piece(List<Message.CopiedState> states, @Nullable PartitionAddress last) {}
}
