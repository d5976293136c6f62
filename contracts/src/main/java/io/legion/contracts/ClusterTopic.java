package io.legion.contracts;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What the contracts of clusters have in common: a network of its own for each test.
abstract class ClusterTopic {

    ClusterNetwork network;

    @SuppressWarnings("NullAway.Init")
    ClusterTopic() {}

    /// A new network without nodes.
    protected abstract ClusterPlace place() throws Exception;

    @BeforeEach
    final void openNetwork() throws Exception {
        network = new ClusterNetwork(place());
    }

    @AfterEach
    final void closeNetwork() {
        network.close();
    }
}
