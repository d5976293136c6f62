package io.legion.runtime.start;

import io.legion.Legion;
import io.legion.LegionSettings;
import io.legion.core.PartitionType;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.PartitionTypes;
import io.legion.runtime.client.CallerContext;
import io.legion.runtime.client.RequestIds;
import io.legion.runtime.host.Node;
import io.legion.runtime.host.NodeHost;
import io.legion.runtime.lane.LaneSetup;
import io.legion.runtime.node.NodeSetup;
import io.legion.runtime.storage.MeteredStore;
import io.legion.runtime.storage.StateCache;
import io.legion.service.CaffeineLruCache;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import io.legion.spi.Cluster;
import io.legion.spi.Store;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;

/// Puts the parts of a node together and lets it into its cluster: the one place that knows them all.
public final class Assembly {
    private Assembly() {}

    /// See [Legion#open].
    public static Legion open(
            LegionSettings settings,
            Store store,
            Cluster cluster,
            Logger logger,
            Monitor monitor,
            PartitionType<?>... types) {
        var log = logger.named("legion");
        var known = new PartitionTypes(List.of(types));
        var random = new SecureRandom();
        var start = Founding.decide(settings, store, random, log);
        var cache = CaffeineLruCache.<PartitionAddress, StateCache.Cached>open(
                CaffeineLruCache.Config.ofBytes(settings.cache()), StateCache::weigh, new NamedMonitor(monitor));
        var measured = new MeteredStore(store, monitor);
        var lane = new LaneSetup(
                start.node(),
                settings.shards(),
                settings.durability(),
                EngineSettings.replica(settings),
                known,
                measured,
                new StateCache(cache),
                log);
        var node = Node.open(new NodeSetup(lane, EngineSettings.node(settings), cluster, random.nextLong()));
        var keeper = Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name("legion-keeper-", 0).factory());
        var clock = InstantSource.system();
        var host = new NodeHost(node, settings.mailbox(), clock, keeper, log);
        var ids = new RequestIds(random.nextLong(), settings.shards());
        var hosting = new CallerContext(settings, host, ids, clock, monitor, keeper);
        try {
            var entered = new Entrance(settings, measured, cluster, host, random, log).enter(start);
            adviseOnTheCollector(log);
            return new RunningLegion(entered, known, hosting, cache, log);
        } catch (RuntimeException failure) {
            hosting.close();
            cache.close();
            throw failure;
        }
    }

    /// Info rather than a warning: a JVM chooses Serial by itself on a machine that it takes for small, and a
    /// service's tests run on such machines too.
    private static void adviseOnTheCollector(Logger log) {
        var beans = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(GarbageCollectorMXBean::getName)
                .toList();
        int processors = Runtime.getRuntime().availableProcessors();
        Collector.of(beans).flatMap(running -> running.advice(processors)).ifPresent(log::info);
    }
}
