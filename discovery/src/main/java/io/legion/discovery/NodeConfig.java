package io.legion.discovery;

import io.legion.LegionSettings;
import io.legion.core.Consistency;
import io.legion.discovery.plain.Watchers;
import io.legion.discovery.service.Sweeper;
import io.legion.http.jetty.JettyHttpServer;
import io.legion.service.Default;
import java.time.Duration;

/// The configuration of a node: one group of keys for each service. `docs/node.yaml` explains every key.
///
/// @param log where it logs
/// @param store where it keeps its data
/// @param cluster how it reaches the other nodes
/// @param legion its cluster's name and its limits
/// @param registry how it answers
/// @param leases how leases end
/// @param watch how watchers hear of changes
/// @param http where it listens
public record NodeConfig(
        LogChoice log,
        StoreChoice store,
        @Default("solo") ClusterChoice cluster,
        LegionSettings legion,
        Answering registry,
        Sweeper.Config leases,
        Watchers.Config watch,
        JettyHttpServer.Config http) {
    /// How a node answers.
    ///
    /// @param consistency what a change must have reached before the node answers
    /// @param maximumAge how old the list of all applications may be
    /// @param heapShare the part of the heap that the instances may take
    public record Answering(
            @Default("fast") Consistency consistency,
            @Default("1s") Duration maximumAge,
            @Default("0.25") double heapShare) {
        /// Checks the bounds.
        public Answering {
            if (!(heapShare > 0 && heapShare <= 0.5)) {
                throw new IllegalArgumentException("heapShare must be more than 0 and at most 0.5");
            }
        }
    }
}
