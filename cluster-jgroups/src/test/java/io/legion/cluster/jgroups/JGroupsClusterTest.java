package io.legion.cluster.jgroups;

import io.legion.contracts.ClusterContract;
import io.legion.contracts.ClusterPlace;

final class JGroupsClusterTest extends ClusterContract {

    @Override
    protected ClusterPlace place() {
        return JGroupsPlace.usual();
    }
}
