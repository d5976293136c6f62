/// Legion on threads: what hosts the shards, and the specifications of what they stand on.
@org.jspecify.annotations.NullMarked
module io.legion.runtime {
    requires java.management;
    requires transitive io.legion.core;
    requires transitive io.legion.service;
    requires static org.jspecify;

    exports io.legion.runtime;
}
