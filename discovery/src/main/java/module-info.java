/// A service registry that Eureka clients use unchanged, and an example of a service built on Legion.
///
/// [io.legion.discovery.registry] holds the state and its events; the other packages serve it over HTTP.
@org.jspecify.annotations.NullMarked
module io.legion.discovery {
    requires info.picocli;
    requires io.legion.admin;
    requires io.legion.backup;
    requires io.legion.cluster.jgroups;
    requires io.legion.command;
    requires io.legion.core;
    requires io.legion.http;
    requires io.legion.runtime;
    requires io.legion.service;
    requires io.legion.store.postgres;
    requires io.legion.store.rocksdb;
    requires java.logging;
    requires java.management;
    requires jdk.management;
    requires java.xml;
    requires micrometer.core;
    requires micrometer.registry.prometheus;
    requires org.jspecify;
    requires org.semver4j;
    requires tools.jackson.databind;

    exports io.legion.discovery;
    exports io.legion.discovery.registry;

    opens io.legion.discovery to
            info.picocli,
            io.legion.service;
    opens io.legion.discovery.plain to
            io.legion.service;
    opens io.legion.discovery.service to
            io.legion.service;
    opens io.legion.discovery.registry to
            io.legion.core,
            io.legion.service;
}
