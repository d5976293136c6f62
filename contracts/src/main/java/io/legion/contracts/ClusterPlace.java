package io.legion.contracts;

import io.legion.spi.Cluster;
import java.util.List;

/// A network for the tests of a [Cluster]: makes handles that can find each other.
public interface ClusterPlace extends AutoCloseable {

    /// A new handle, for one more process. Closing it is a clean stop.
    Handle open() throws Exception;

    /// Frees everything. Handles that are still open are closed.
    @Override
    void close();

    /// A cluster service that can be closed.
    interface Handle extends AutoCloseable {
        /// The service.
        Cluster cluster();

        /// What other nodes are given as contacts to find this one; asked after it takes part.
        List<String> contacts();

        @Override
        void close();
    }
}
