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
    /// @param begun the identity of a cluster whose founding on this store was interrupted, if it was
    record Look(
            NodeId node,
            List<String> contacts,
            boolean mayFound,
            @Nullable StoreIdentity givenUp,
            @Nullable StoreIdentity begun)
            implements Start {
        /// A node with an empty store.
        static Look anew(NodeId node, List<String> contacts, boolean mayFound) {
            return new Look(node, contacts, mayFound, null, null);
        }

        /// A node that joins as another one than the store's.
        static Look instead(NodeId node, StoreIdentity givenUp) {
            return new Look(node, List.of(), false, givenUp, null);
        }

        /// A node that goes on with an interrupted founding, if no other cluster is there by now.
        static Look again(NodeId node, StoreIdentity begun) {
            return new Look(node, List.of(), true, null, begun);
        }
    }
}
