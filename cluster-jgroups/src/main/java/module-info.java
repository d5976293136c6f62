/// Nodes that find each other and talk over TCP, plain or with TLS: the cluster on JGroups.
@org.jspecify.annotations.NullMarked
module io.legion.cluster.jgroups {
    requires transitive io.legion.runtime;
    requires org.jgroups;
    requires static org.jspecify;

    exports io.legion.cluster.jgroups;
}
