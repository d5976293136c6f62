package io.legion.benchmarks.cluster.load;

/// The counters of a cluster under measurement, as one of its nodes reaches them: what every measured system
/// has to do.
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

    /// Ends this node's part in the cluster.
    @Override
    void close();
}
