/// The Service Pattern kit: [io.legion.service.Managed], the specifications [io.legion.service.Logger],
/// [io.legion.service.Monitor] and [io.legion.service.LruCache] with their implementations, and the reading of
/// configuration files into records.
@org.jspecify.annotations.NullMarked
module io.legion.service {
    // At run time too: the configuration reader looks for @Nullable.
    requires transitive org.jspecify;
    requires com.github.benmanes.caffeine;
    requires org.slf4j;
    requires tools.jackson.core;
    requires tools.jackson.dataformat.yaml;
    requires static io.opentelemetry.api;
    requires static io.opentelemetry.context;
    requires static micrometer.core;

    exports io.legion.service;
}
