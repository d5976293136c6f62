package io.legion.runtime.founding;

import io.legion.core.Bytes;
import io.legion.core.IndexRecord;
import io.legion.core.PartitionType;
import io.legion.core.Tag;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.PartitionTypes;
import io.legion.core.shard.Shards;
import io.legion.founding.FoundingDataException;
import io.legion.founding.FoundingRecord;
import io.legion.runtime.storage.FoundingProgress;
import io.legion.runtime.storage.ShardLayout;
import io.legion.service.Logger;
import io.legion.spi.Batch;
import io.legion.spi.Store;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Turns records into what a shard has in its store before its first event: the state, and its tags in the index
/// (R66).
final class RecordWriter {
    private static final byte[] NOTHING = {};

    private final Store store;
    private final int shards;
    private final Map<String, PartitionType<?>> types;
    private final Map<PartitionType<?>, Bytes> initial = new HashMap<>();
    private final Logger logger;

    /// The partitions of the records that are not written yet.
    private final Set<PartitionAddress> unwritten = new HashSet<>();

    /// False as long as no record was an initial state.
    private boolean mayHaveInitial;

    private long unindexed;

    /// @param isNew whether the store has none of the records yet
    RecordWriter(Store store, int shards, PartitionTypes types, boolean isNew, Logger logger) {
        this.mayHaveInitial = !isNew;
        this.store = store;
        this.shards = shards;
        this.types = types.all().stream().collect(Collectors.toMap(PartitionType::name, type -> type));
        this.logger = logger;
    }

    /// Adds the changes of one record.
    ///
    /// @throws FoundingDataException if the cluster cannot have it; the batch is then not to be written
    void add(Batch batch, FoundingRecord item) {
        PartitionType<?> type = types.get(item.type());
        if (type == null) {
            throw new FoundingDataException("There is no partition type '" + item.type() + "'. This program has "
                    + types.keySet().stream().sorted().collect(Collectors.joining("', '", "'", "'")) + ".");
        }
        add(batch, type, item);
    }

    /// The records that were added are in the store.
    void written() {
        unwritten.clear();
    }

    /// Tells of partitions that no search finds.
    void finish() {
        if (unindexed > 1) {
            logger.warning("In all, " + unindexed + " partitions of the data are not in the index.");
        }
    }

    private <S> void add(Batch batch, PartitionType<S> type, FoundingRecord item) {
        var address = new PartitionAddress(type.id(), item.key());
        byte[] key = ShardLayout.state(Shards.of(address, shards), address);
        requireNew(type, address, key);
        S state = decoded(type, item);
        Bytes bytes = Bytes.wrap(type.stateCodec().encode(state));
        requireAllowed(type, item, bytes);
        if (bytes.equals(initial(type))) {
            mayHaveInitial = true;
            batch.put(FoundingProgress.initial(address), NOTHING);
            return;
        }
        batch.put(key, bytes.shared());
        for (Tag tag : tags(type, item, state)) {
            batch.put(ShardLayout.tag(type.id(), new IndexRecord(tag, item.key())), NOTHING);
        }
    }

    private void requireNew(PartitionType<?> type, PartitionAddress address, byte[] key) {
        boolean isThere = !unwritten.add(address)
                || store.get(key) != null
                || (mayHaveInitial && store.get(FoundingProgress.initial(address)) != null);
        if (isThere) {
            throw new FoundingDataException(
                    "The partition " + address.key() + " of type '" + type.name() + "' comes a second time.");
        }
    }

    /// What other programs wrote is read, and written anew: equal states have equal bytes on all replicas.
    private static <S> S decoded(PartitionType<S> type, FoundingRecord item) {
        try {
            return type.stateCodec().decode(item.state().shared());
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError unreadable) {
            throw new FoundingDataException(
                    "The state of the partition " + item.key() + " of type '" + type.name() + "' cannot be read: "
                            + unreadable.getMessage() + ".",
                    unreadable);
        }
    }

    private static void requireAllowed(PartitionType<?> type, FoundingRecord item, Bytes state) {
        if (state.size() > PartitionType.MAX_STATE_BYTES) {
            throw new FoundingDataException("The state of the partition " + item.key() + " of type '" + type.name()
                    + "' takes " + state.size() + " bytes; at most " + PartitionType.MAX_STATE_BYTES
                    + " are allowed.");
        }
    }

    private <S> Bytes initial(PartitionType<S> type) {
        Bytes known = initial.get(type);
        if (known == null) {
            known = Bytes.wrap(type.stateCodec().encode(type.initial()));
            initial.put(type, known);
        }
        return known;
    }

    /// As for any state (R66), a partition for whose state the index function throws keeps its state and has no tags.
    private <S> Collection<Tag> tags(PartitionType<S> type, FoundingRecord item, S state) {
        try {
            return type.tags(state);
        } catch (RuntimeException | StackOverflowError | AssertionError thrown) {
            if (unindexed++ == 0) {
                logger.warning("The index function of the type '" + type.name() + "' threw for the partition "
                        + item.key() + ": " + thrown + ". The partition has its state, and no search finds it until its"
                        + " state changes; there may be others like it. Mend the index function.");
            }
            return Collections.emptySortedSet();
        }
    }
}
