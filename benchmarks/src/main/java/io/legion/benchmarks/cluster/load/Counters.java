package io.legion.benchmarks.cluster.load;

import java.net.URI;

/// The counters of a cluster under measurement, as one of its nodes reaches them: what every measured system
/// has to do. One that is watched meanwhile also has an admin service.
///
/// **Threads.** Any thread may call every method at any time.
public interface Counters extends AutoCloseable {

    /// Adds one to a counter, which begins at 0 and carries 64 bytes more.
    ///
    /// @return its new value
    /// @throws RuntimeException if there is no answer; whether it was added is not known then
    long increment(String key);

    /// The value of the counter, with everything that was added before at any node.
    ///
    /// @throws RuntimeException if there is no answer
    long read(String key);

    /// Opens this node's admin service, for those who watch the cluster under load.
    ///
    /// @return where it listens
    /// @throws UnsupportedOperationException if this system has none
    default URI openAdmin() {
        throw new UnsupportedOperationException("this system has no admin service");
    }

    /// Closes the admin service, if it is open: it looks at the cluster even while nobody asks, and so would cost
    /// something while other clusters are measured.
    default void closeAdmin() {}

    /// Ends this node's part in the cluster.
    @Override
    void close();
}
