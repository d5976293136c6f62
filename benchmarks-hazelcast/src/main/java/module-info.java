/// Hazelcast under the load of the cluster benchmark, for comparison: built only when it is asked for.
@org.jspecify.annotations.NullMarked
module io.legion.benchmarks.hazelcast {
    requires com.hazelcast.core;
    requires io.legion.benchmarks;
    requires static org.jspecify;

    exports io.legion.benchmarks.hazelcast;
}
