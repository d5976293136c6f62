package io.legion.discovery;

import io.legion.LegionSettings;
import io.legion.admin.Admin;
import io.legion.core.Consistency;
import io.legion.discovery.plain.Watchers;
import io.legion.discovery.service.Sweeper;
import io.legion.http.jetty.JettyHttpServer;
import io.legion.service.Configuration;
import io.legion.service.Default;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The configuration of a node: one group of keys for each service. `docs/node.yaml` explains every key.
///
/// @param log where it logs
/// @param store where it keeps its data
/// @param cluster how it reaches the other nodes
/// @param legion its cluster's name and its limits
/// @param founding what the cluster begins with, if this node founds it; nothing by default
/// @param registry how it answers
/// @param leases how leases end
/// @param watch how watchers hear of changes
/// @param http where it listens
/// @param admin where its admin service listens; without it there is none
public record NodeConfig(
        LogChoice log,
        StoreChoice store,
        @Default("solo") ClusterChoice cluster,
        LegionSettings legion,
        @Nullable FoundingChoice founding,
        Answering registry,
        Sweeper.Config leases,
        Watchers.Config watch,
        JettyHttpServer.Config http,
        Admin.@Nullable Config admin) {
    /// The same with an admin service at this place.
    ///
    /// @param host null for that of the configuration, or a loopback address
    /// @param port null for that of the configuration
    NodeConfig withAdmin(@Nullable String host, @Nullable Integer port) {
        if (host == null && port == null) {
            return this;
        }
        if (admin == null && port == null) {
            throw new IllegalArgumentException("--admin-host needs --admin-port, or a port in \"admin\"");
        }
        var changed = admin == null ? Configuration.defaults(Admin.Config.class, Map.of("port", port)) : admin;
        changed = port == null ? changed : Configuration.with(changed, "port", port);
        changed = host == null ? changed : Configuration.with(changed, "host", host);
        return new NodeConfig(log, store, cluster, legion, founding, registry, leases, watch, http, changed);
    }

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
