package io.legion.runtime.start;

import io.legion.core.NodeId;
import io.legion.spi.StoreIdentity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a node does first, as its store and its settings say.
public sealed interface Start {
    /// The id that the node will have.
    NodeId node();

    /// It founds a cluster on its store, which has this identity already.
    record Found(StoreIdentity identity) implements Start {
        @Override
        public NodeId node() {
            return identity.node();
        }
    }

    /// It recovers what the store holds.
    record Recover(StoreIdentity identity) implements Start {
        @Override
        public NodeId node() {
            return identity.node();
        }
    }

    /// It looks for nodes of a cluster to join.
    ///
    /// @param contacts where to look, besides where the cluster service looks by itself
    /// @param mayFound true to found a cluster if there is none
    /// @param givenUp the identity that the store has now and must not use any more (R1), if it has one
    record Look(
            NodeId node,
            List<String> contacts,
            boolean mayFound,
            @Nullable StoreIdentity givenUp) implements Start {}
}
