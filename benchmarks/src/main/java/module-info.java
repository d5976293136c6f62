/// What a request costs: benchmarks, run by `./legion bench`.
///
/// Only the package is null-marked, since what JMH generates beside it is not.
module io.legion.benchmarks {
    requires io.legion.core;
    requires io.legion.runtime;
    requires io.legion.service;
    requires io.legion.store.rocksdb;
    requires jdk.management;
    requires jmh.core;
    requires micrometer.core;
    requires org.jspecify;

    // For the codec, which makes records of it, and for JMH.
    opens io.legion.benchmarks;
}
