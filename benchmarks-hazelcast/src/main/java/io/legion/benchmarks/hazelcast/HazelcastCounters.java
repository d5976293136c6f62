package io.legion.benchmarks.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MapConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.legion.benchmarks.cluster.load.Counters;
import io.legion.benchmarks.cluster.load.Waiting;
import java.util.List;

/// Counters in a map of Hazelcast, each an entry that an [Increment] is sent to.
final class HazelcastCounters implements Counters {
    private static final String MAP = "counters";

    private final HazelcastInstance hazelcast;
    private final IMap<String, Counter> map;

    private HazelcastCounters(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
        this.map = hazelcast.getMap(MAP);
    }

    /// Starts a node, and waits until all are one cluster and every partition has its backups.
    ///
    /// @param waitsForBackups whether an answer means that both backups have it
    /// @param self which of the nodes this is, from 0
    /// @param addresses of all nodes
    static HazelcastCounters open(boolean waitsForBackups, int self, List<String> addresses) {
        var hazelcast = Hazelcast.newHazelcastInstance(config(waitsForBackups, self, addresses));
        Waiting.until(
                addresses.size() + " members are one cluster, and it is safe",
                () -> hazelcast.getCluster().getMembers().size() == addresses.size()
                        && hazelcast.getPartitionService().isClusterSafe());
        return new HazelcastCounters(hazelcast);
    }

    private static Config config(boolean waitsForBackups, int self, List<String> addresses) {
        var address = addresses.get(self);
        int colon = address.lastIndexOf(':');
        var config = new Config()
                .setClusterName("benchmark")
                .setProperty("hazelcast.phone.home.enabled", "false")
                .setProperty("hazelcast.shutdownhook.enabled", "false")
                .setProperty("hazelcast.socket.bind.any", "false")
                .setProperty("hazelcast.logging.type", "jdk")
                .addMapConfig(map(waitsForBackups));
        config.getSerializationConfig().addDataSerializableFactory(Factory.ID, new Factory());
        var network = config.getNetworkConfig()
                .setPort(Integer.parseInt(address.substring(colon + 1)))
                .setPortAutoIncrement(false);
        network.getInterfaces().setEnabled(true).addInterface(address.substring(0, colon));
        var join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setMembers(addresses);
        return config;
    }

    private static MapConfig map(boolean waitsForBackups) {
        return new MapConfig(MAP)
                .setInMemoryFormat(InMemoryFormat.OBJECT)
                .setBackupCount(waitsForBackups ? 2 : 0)
                .setAsyncBackupCount(waitsForBackups ? 0 : 2);
    }

    @Override
    public long increment(String key) {
        return map.executeOnKey(key, new Increment());
    }

    @Override
    public long read(String key) {
        var counter = map.get(key);
        return counter == null ? 0 : counter.count();
    }

    @Override
    public void close() {
        hazelcast.shutdown();
    }
}
