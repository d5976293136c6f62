package io.legion.runtime.control;

import io.legion.runtime.node.NodeState;
import io.legion.runtime.storage.NodeMarks;
import io.legion.spi.Store;
import io.legion.spi.StoreException;

/// Notes in the store that this node has met another one of its cluster: from then on its store is not the only one.
///
/// While the store is full the note waits. Until there is room the node gives nothing away: that takes writes too.
public final class Meeting {
    private static final long AGAIN_MILLIS = 1_000;

    private final NodeState state;
    private final Store store;
    private boolean due;
    private long triedMillis;

    public Meeting(NodeState state, Store store) {
        this.state = state;
        this.store = store;
    }

    /// Another node is reachable.
    public void met() {
        due = true;
        note();
    }

    /// Call this before shards look whether there is room.
    public void tick() {
        if (due && state.nowMillis - triedMillis >= AGAIN_MILLIS) {
            note();
        }
    }

    private void note() {
        triedMillis = state.nowMillis;
        try {
            NodeMarks.meet(store);
            due = false;
        } catch (StoreException failure) {
            state.logger.debug(() -> "That another node is there could not be noted yet: " + failure.getMessage());
        }
    }
}
