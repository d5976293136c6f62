package io.legion;

import io.legion.service.Default;
import java.util.List;

/// What a node does when it starts.
public sealed interface StartupMode {

    /// Founds a cluster of this one node. Refused if the store already belongs to a cluster.
    record NewCluster() implements StartupMode {}

    /// Joins a cluster through one of these addresses. Refused if the store already belongs to a cluster.
    ///
    /// @param addresses of nodes of the cluster, as its transport writes them; at least one
    record JoinCluster(List<String> addresses) implements StartupMode {
        /// @throws IllegalArgumentException if there is no address
        public JoinCluster {
            addresses = List.copyOf(addresses);
            if (addresses.isEmpty()) {
                throw new IllegalArgumentException("to join a cluster takes the address of at least one of its nodes");
            }
        }
    }

    /// Recovers what the store holds. Refused if that is nothing.
    record Recover() implements StartupMode {}

    /// Fits every start: recovers what the store holds; if that is nothing, joins the cluster whose nodes it
    /// can reach; if there is none, founds one, provided that this node may.
    ///
    /// @param mayFound whether this node may found a cluster: of those that look at the same time and may,
    ///     one does. Two that cannot see each other found two clusters, which never become one
    record Automatic(@Default("false") boolean mayFound) implements StartupMode {}
}
