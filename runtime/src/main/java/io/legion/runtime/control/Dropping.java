package io.legion.runtime.control;

import io.legion.core.shard.Request;
import io.legion.core.shard.RetiredPlace;
import io.legion.runtime.node.NodeState;
import io.legion.runtime.storage.ShardWipe;
import io.legion.spi.Store;
import io.legion.spi.StoreException;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/// Drops shards from this node. Where it could not drop everything it tries again, and until then the shard
/// does not come here.
public final class Dropping {
    private final NodeState state;
    private final Invitations invitations;
    private final Store store;

    /// The shards that it tried to drop and could not drop completely.
    private final TreeSet<Integer> undropped = new TreeSet<>();

    public Dropping(NodeState state, Invitations invitations, Store store) {
        this.state = state;
        this.invitations = invitations;
        this.store = store;
    }

    /// Notes the drops that this node had begun when it stopped. [#again] finishes them.
    public void recovered() {
        for (int shard = 0; shard < state.settings.shards(); shard++) {
            if (isHalfDropped(shard)) {
                undropped.add(shard);
                state.hosted.add(shard);
            }
        }
    }

    /// Drops the shard; false if the store failed.
    public boolean drop(int shard) {
        return drop(shard, () -> state.lane.drop(shard));
    }

    /// R76: drops a copy of the shard that has stopped, and saves what only it has; false if the store failed.
    boolean drop(int shard, RetiredPlace place, Collection<Request> salvage) {
        return drop(shard, () -> state.lane.dropStopped(shard, place, salvage));
    }

    private boolean drop(int shard, Runnable inTheLane) {
        try {
            inTheLane.run();
            state.hosted.remove(shard);
            invitations.forget(shard);
            undropped.remove(shard);
            return true;
        } catch (StoreException.Full full) {
            state.logger.debug(() -> "Shard " + shard + " is dropped once there is room: " + full.getMessage());
            if (isHalfDropped(shard)) {
                undropped.add(shard);
            }
            return false;
        } catch (RuntimeException failure) {
            tellUndropped(shard, failure);
            return false;
        }
    }

    /// Logs the failure once, however often it comes.
    private void tellUndropped(int shard, RuntimeException failure) {
        if (undropped.add(shard)) {
            state.logger.error(
                    "What shard " + shard + " had here could not be dropped: " + failure.getMessage()
                            + " It is tried again; until it succeeds the shard takes no part here.",
                    failure);
        }
    }

    /// Goes on with half-dropped shards. A shard that is still whole is dropped anew by the caller that wished
    /// it.
    public void again() {
        List.copyOf(undropped).stream().filter(this::isHalfDropped).forEach(this::drop);
    }

    /// True if the node tried to drop the shard, and could not.
    boolean isUndropped(int shard) {
        return undropped.contains(shard);
    }

    private boolean isHalfDropped(int shard) {
        try {
            return ShardWipe.isBegun(store, shard);
        } catch (StoreException _) {
            // Any code that reads more of the store reports this.
            return false;
        }
    }
}
