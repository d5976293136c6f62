package io.legion.contracts;

import org.junit.jupiter.api.Nested;

/// What every [io.legion.spi.Cluster] of several nodes does: extend it in the tests of an implementation. It is
/// all contracts of clusters in one; each may also be extended by itself.
public abstract class ClusterContract {

    /// For the class that extends it.
    protected ClusterContract() {}

    /// A new network without nodes.
    protected abstract ClusterPlace place() throws Exception;

    @Nested
    final class Handle extends ClusterHandleContract {
        @Override
        protected ClusterPlace place() throws Exception {
            return ClusterContract.this.place();
        }
    }

    @Nested
    final class Members extends ClusterMembersContract {
        @Override
        protected ClusterPlace place() throws Exception {
            return ClusterContract.this.place();
        }
    }

    @Nested
    final class Frames extends ClusterFramesContract {
        @Override
        protected ClusterPlace place() throws Exception {
            return ClusterContract.this.place();
        }
    }

    @Nested
    final class Admission extends ClusterAdmissionContract {
        @Override
        protected ClusterPlace place() throws Exception {
            return ClusterContract.this.place();
        }
    }
}
