package io.legion.cluster.jgroups;

import io.legion.contracts.ClusterPlace;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import io.legion.spi.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Nodes on the loopback interface, each at a port that the system chooses.
final class JGroupsPlace implements ClusterPlace {

    private final UnaryOperator<JGroupsCluster.Config> settings;
    private final RecordingLogger logger = RecordingLogger.open();
    private final List<Handle> handles = new ArrayList<>();

    JGroupsPlace(UnaryOperator<JGroupsCluster.Config> settings) {
        this.settings = settings;
    }

    static JGroupsPlace usual() {
        return new JGroupsPlace(config -> config);
    }

    RecordingLogger logger() {
        return logger;
    }

    @Override
    public Handle open() {
        var config = settings.apply(JGroupsCluster.Config.of("127.0.0.1:0"));
        var cluster = JGroupsCluster.open(config, logger.named("cluster"), RecordingMonitor.open());
        var handle = new Handle() {
            @Override
            public Cluster cluster() {
                return cluster;
            }

            @Override
            public List<String> contacts() {
                return cluster.address().stream().toList();
            }

            @Override
            public void close() {
                cluster.close();
            }
        };
        handles.add(handle);
        return handle;
    }

    @Override
    public void close() {
        handles.forEach(Handle::close);
        logger.failOnUnexpected();
    }
}
