package io.legion.runtime.control;

import io.legion.runtime.node.NodeState;
import io.legion.runtime.storage.ShardWipe;
import io.legion.spi.Store;
import io.legion.spi.StoreException;
import java.util.List;
import java.util.TreeSet;

/// Takes shards away from this node. What could not be dropped to the end is tried again, and the shard does not come
/// here before.
public final class Dropping {
    private final NodeState state;
    private final Invitations invitations;
    private final Store store;

    /// The shards that could not be dropped to the end when that was tried.
    private final TreeSet<Integer> undropped = new TreeSet<>();

    Dropping(NodeState state, Invitations invitations, Store store) {
        this.state = state;
        this.invitations = invitations;
        this.store = store;
    }

    /// What had been begun to be dropped when this node stopped is finished by [#again].
    void recovered() {
        for (int shard = 0; shard < state.settings.shards(); shard++) {
            if (isHalfDropped(shard)) {
                undropped.add(shard);
                state.hosted.add(shard);
            }
        }
    }

    /// Takes the shard away; false if the store failed.
    boolean drop(int shard) {
        try {
            state.lanes().drop(shard);
            state.hosted.remove(shard);
            invitations.forget(shard);
            undropped.remove(shard);
            return true;
        } catch (RuntimeException failure) {
            tellUndropped(shard, failure);
            return false;
        }
    }

    /// Once, however often it fails.
    private void tellUndropped(int shard, RuntimeException failure) {
        if (undropped.add(shard)) {
            state.logger.error(
                    "What shard " + shard + " had here could not be dropped: " + failure.getMessage()
                            + " It is tried again; until it succeeds the shard takes no part here.",
                    failure);
        }
    }

    /// Goes on with what is dropped by half. A shard that is still there as a whole is dropped anew by whoever wished
    /// it.
    void again() {
        List.copyOf(undropped).stream().filter(this::isHalfDropped).forEach(this::drop);
    }

    private boolean isHalfDropped(int shard) {
        try {
            return ShardWipe.isBegun(store, shard);
        } catch (StoreException _) {
            // Whatever reads more of the store than this says so.
            return false;
        }
    }
}
