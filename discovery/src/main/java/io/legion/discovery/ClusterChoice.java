package io.legion.discovery;

import io.legion.cluster.jgroups.Discovery;
import io.legion.cluster.jgroups.JGroupsCluster;
import io.legion.cluster.jgroups.Tls;
import io.legion.memory.SoloCluster;
import io.legion.service.ByteSize;
import io.legion.service.ConfigurationException;
import io.legion.service.Default;
import io.legion.service.Logger;
import io.legion.service.Managed;
import io.legion.service.Monitor;
import io.legion.spi.Cluster;
import java.time.Duration;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;

/// How a node reaches the other nodes of its cluster.
public sealed interface ClusterChoice {
    /// The cluster service of this choice.
    Managed<? extends Cluster> open(Logger logger, Monitor monitor);

    /// Not at all: a cluster of one node.
    record Solo() implements ClusterChoice {
        @Override
        public Managed<SoloCluster> open(Logger logger, Monitor monitor) {
            return Managed.of(SoloCluster::open);
        }
    }

    /// Over TCP, by JGroups. The components are those of [JGroupsCluster.Config].
    ///
    /// @param listen where this node listens for others, `host:port`
    /// @param advertise where others reach this node, if not at `listen`
    /// @param discovery where to look for other nodes
    /// @param tls how connections are secured; without it they are plain
    /// @param allowPlainOnOpenNetwork whether it may listen without TLS where other machines reach it
    /// @param unreachableAfter how long a node may be silent before it counts as unreachable
    /// @param window how many bytes may be on their way to one peer
    /// @param maxFrame the largest frame; the same on all nodes
    record JGroups(
            @Default("127.0.0.1:7760") String listen,
            @Nullable String advertise,
            @Nullable Discovery discovery,
            @Nullable Tls tls,
            @Default("false") boolean allowPlainOnOpenNetwork,
            @Default("2500ms") Duration unreachableAfter,
            @Default("4 MiB") ByteSize window,
            @Default("80 MiB") ByteSize maxFrame)
            implements ClusterChoice {

        /// Kept, because a logger without a reference forgets its level.
        private static final java.util.logging.Logger ENGINE = java.util.logging.Logger.getLogger("org.jgroups");

        /// @throws IllegalArgumentException if a value is outside its bounds
        public JGroups {
            config(listen, advertise, discovery, tls, allowPlainOnOpenNetwork, unreachableAfter, window, maxFrame);
        }

        @Override
        public Managed<JGroupsCluster> open(Logger logger, Monitor monitor) {
            var config = config(
                    listen, advertise, discovery, tls, allowPlainOnOpenNetwork, unreachableAfter, window, maxFrame);
            return Managed.of(() -> {
                // What JGroups says of its own group does not count here: the node says by itself who is there.
                ENGINE.setLevel(Level.SEVERE);
                try {
                    return JGroupsCluster.open(config, logger, monitor);
                } catch (IllegalArgumentException wrong) {
                    throw new ConfigurationException("\"cluster.jgroups\": " + wrong.getMessage(), wrong);
                }
            });
        }

        @SuppressWarnings(
                "NullAway") // it does not see that the parameter tls, a nested class by its full name, is nullable
        private static JGroupsCluster.Config config(
                String listen,
                @Nullable String advertise,
                @Nullable Discovery discovery,
                @Nullable Tls tls,
                boolean allowPlainOnOpenNetwork,
                Duration unreachableAfter,
                ByteSize window,
                ByteSize maxFrame) {
            return new JGroupsCluster.Config(
                    listen, advertise, discovery, tls, allowPlainOnOpenNetwork, unreachableAfter, window, maxFrame);
        }
    }
}
