/// What a request costs: benchmarks, run by `./legion bench`.
///
/// Only the packages are null-marked, because what JMH generates beside them is not.
module io.legion.benchmarks {
    requires info.picocli;
    requires io.legion.admin;
    requires io.legion.cluster.jgroups;
    requires io.legion.core;
    requires io.legion.runtime;
    requires io.legion.service;
    requires io.legion.store.postgres;
    requires io.legion.store.rocksdb;
    requires java.logging;
    requires java.net.http;
    requires jdk.jfr;
    requires jdk.management;
    requires jmh.core;
    requires micrometer.core;
    requires micrometer.registry.prometheus;
    requires HdrHistogram;
    requires org.jspecify;
    requires tools.jackson.databind;

    // For the nodes of other systems that are measured beside Legion.
    exports io.legion.benchmarks.cluster.load;

    opens io.legion.benchmarks.cluster to
            info.picocli;

    // For the codec, which makes its records, and for JMH.
    opens io.legion.benchmarks;
}
