package io.legion.contracts;

import io.legion.memory.SoloCluster;
import java.util.List;

/// The contract of a node alone is all that there is for a cluster of one node.
final class SoloClusterTest extends ClusterHandleContract {

    @Override
    protected ClusterPlace place() {
        return new ClusterPlace() {
            @Override
            public Handle open() {
                return new Alone(SoloCluster.open());
            }

            @Override
            public void close() {}
        };
    }

    private record Alone(SoloCluster cluster) implements ClusterPlace.Handle {

        @Override
        public List<String> contacts() {
            return List.of();
        }

        @Override
        public void close() {
            cluster.close();
        }
    }
}
