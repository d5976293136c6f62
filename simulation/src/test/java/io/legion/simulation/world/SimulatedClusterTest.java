package io.legion.simulation.world;

import io.legion.contracts.ClusterContract;
import io.legion.contracts.ClusterPlace;

final class SimulatedClusterTest extends ClusterContract {

    @Override
    protected ClusterPlace place() {
        return new SimulatedPlace();
    }
}
