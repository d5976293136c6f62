package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.PartitionType;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// R89: when another version of an index function becomes active, computes the tags of all stored states anew, a
/// bounded number at each tick. Searches of the type wait meanwhile.
///
/// The walk may write what the store has already: after a restart it begins from the first state.
final class Reindexing {
    /// At most this many states, or bytes of states, at a tick.
    private static final int STATES = 500;

    private static final int BYTES = 256 * 1024;

    private final ReplicaState state;

    /// The types whose tags are computed anew.
    private final TreeSet<Integer> types = new TreeSet<>();

    /// The last state that the walk has seen; null at its beginning.
    private @Nullable PartitionAddress cursor;

    Reindexing(ReplicaState state) {
        this.state = state;
    }

    /// The replica has come back from its store, or has started: its tags may be of another version than the
    /// active one.
    void begin() {
        state.types.all().forEach(this::begin);
    }

    /// A version has become active.
    void raised(int type) {
        PartitionType<?> known = state.types.find(type);
        if (known != null) {
            begin(known);
        }
    }

    private void begin(PartitionType<?> type) {
        if (state.indexVersions.isComplete(type)) {
            return;
        }
        requireFunctions(type);
        if (!type.isIndexedByVersion()) {
            state.indexVersions.completed(type);
            state.journal.storeEpoch();
            return;
        }
        state.indexVersions.raised(type);
        state.infimum.retag(type);
        state.journal.storeEpoch();
        types.add(type.id());
        cursor = null;
    }

    /// R87: the tags of the older version must go, and only its function tells which these are.
    private void requireFunctions(PartitionType<?> type) {
        for (int version : state.indexVersions.stored(type)) {
            if (!type.runs(version)) {
                throw VersionTable.unknown(state.types, new VersionBoundary(type.id(), version, 0));
            }
        }
    }

    /// The types whose tags are computed anew.
    List<Integer> types() {
        return List.copyOf(types);
    }

    void tick() {
        if (types.isEmpty() || !state.participates()) {
            return;
        }
        int[] left = {STATES, BYTES};
        boolean[] cut = {false};
        state.storage.states(cursor, (address, bytes) -> {
            retag(address, bytes);
            cursor = address;
            left[0]--;
            left[1] -= bytes.size();
            cut[0] = left[0] <= 0 || left[1] <= 0;
            return !cut[0];
        });
        if (!cut[0]) {
            complete();
        }
    }

    private void retag(PartitionAddress address, Bytes bytes) {
        if (types.contains(address.type())) {
            state.infimum.retag(address, state.types.require(address.type()), bytes, state.journal.retagged);
        }
    }

    private void complete() {
        types.forEach(type -> state.indexVersions.completed(state.types.require(type)));
        types.clear();
        cursor = null;
        state.journal.storeEpoch();
    }
}
