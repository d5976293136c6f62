package io.legion.runtime.start;

import io.legion.Legion;
import io.legion.LegionSettings;
import io.legion.StartupException;
import io.legion.StartupMode;
import io.legion.core.PartitionType;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.PartitionTypes;
import io.legion.founding.FoundingData;
import io.legion.recording.Pseudonyms;
import io.legion.runtime.client.CallerContext;
import io.legion.runtime.client.RequestIds;
import io.legion.runtime.extract.Extracts;
import io.legion.runtime.host.Node;
import io.legion.runtime.host.NodeClock;
import io.legion.runtime.host.NodeHost;
import io.legion.runtime.lane.LaneSetup;
import io.legion.runtime.lane.RequestMeter;
import io.legion.runtime.node.NodeMeters;
import io.legion.runtime.node.NodeSetup;
import io.legion.runtime.operator.Desk;
import io.legion.runtime.operator.NodeOperations;
import io.legion.runtime.recording.FoldRecorder;
import io.legion.runtime.storage.MeteredStore;
import io.legion.runtime.storage.StateCache;
import io.legion.service.CaffeineLruCache;
import io.legion.service.GuardedLogger;
import io.legion.service.GuardedMonitor;
import io.legion.service.Logger;
import io.legion.service.Managed;
import io.legion.service.Monitor;
import io.legion.service.Tracer;
import io.legion.spi.Cluster;
import io.legion.spi.Store;
import io.legion.spi.TypeDescription;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// Puts the parts of a node together and lets it into its cluster: the one place that knows them all.
public final class Assembly {
    /// What a frame has beside the bytes of one event: its key, ids, and the head of the message.
    private static final int FRAME_ROOM = 16 * 1024;

    private Assembly() {}

    /// See [io.legion.LegionBuilder#open]. What is null has a default, opened here and closed with the Legion.
    public static Legion open(
            LegionSettings settings,
            @Nullable Store store,
            @Nullable Cluster cluster,
            @Nullable Logger logger,
            @Nullable Monitor monitor,
            @Nullable Tracer tracer,
            @Nullable FoundingData data,
            List<Pseudonyms<?>> pseudonyms,
            PartitionType<?>... types) {
        var around = Surroundings.of(store, cluster, logger, monitor, tracer, pseudonyms);
        return open(settings, around, data, InstantSource.system(), types);
    }

    /// As above without pseudonyms, by another clock than that of the machine.
    public static Legion open(
            LegionSettings settings,
            @Nullable Store store,
            @Nullable Cluster cluster,
            @Nullable Logger logger,
            @Nullable Monitor monitor,
            @Nullable Tracer tracer,
            @Nullable FoundingData data,
            InstantSource wall,
            PartitionType<?>... types) {
        return open(settings, Surroundings.of(store, cluster, logger, monitor, tracer, List.of()), data, wall, types);
    }

    private static Legion open(
            LegionSettings settings,
            Managed<Surroundings> services,
            @Nullable FoundingData data,
            InstantSource wall,
            PartitionType<?>... types) {
        var known = new PartitionTypes(List.of(types), settings.release().name());
        var surroundings = services.open();
        try {
            var around = surroundings.handle();
            FoldRecorder.requireKnown(around.pseudonyms(), known);
            var fitting = foundingIfAlone(settings, around.cluster());
            return claimed(fitting, around, data, wall, known, surroundings::close);
        } catch (Throwable failure) {
            surroundings.close();
            throw failure;
        }
    }

    /// A node that can never meet another one founds its cluster: nobody else can.
    private static LegionSettings foundingIfAlone(LegionSettings settings, Cluster cluster) {
        boolean alone = cluster.discoveryTime().isZero();
        return alone && settings.startup() instanceof StartupMode.Automatic
                ? Legion.with(settings).mayFound(true).settings()
                : settings;
    }

    /// An event of the size that the settings allow must reach the other nodes.
    private static void requireRoom(LegionSettings settings, Cluster cluster) {
        long needed = settings.maxEvent().bytes() + FRAME_ROOM;
        if (!cluster.discoveryTime().isZero() && cluster.maxFrameBytes() < needed) {
            throw new StartupException(
                    "The setting maxEvent is " + settings.maxEvent() + ", and a frame between nodes has"
                            + " at most " + cluster.maxFrameBytes() + " bytes, where such an event needs " + needed
                            + ". Nothing was changed. Raise maxFrame of the cluster service, or lower maxEvent.");
        }
    }

    /// A store serves one Legion at a time, and so does a cluster service.
    private static Legion claimed(
            LegionSettings settings,
            Surroundings around,
            @Nullable FoundingData data,
            InstantSource wall,
            PartitionTypes types,
            Runnable release) {
        requireRoom(settings, around.cluster());
        var claims = Claims.of(around.store(), around.cluster());
        try {
            return open(settings, around, data, wall, types, claims, release);
        } catch (Throwable failure) {
            claims.release();
            throw failure;
        }
    }

    private static Legion open(
            LegionSettings settings,
            Surroundings around,
            @Nullable FoundingData data,
            InstantSource wall,
            PartitionTypes types,
            Claims claims,
            Runnable release) {
        var log = GuardedLogger.of(around.logger()).named("legion");
        var monitor = GuardedMonitor.of(around.monitor());
        var started = wall.instant();
        var random = new SecureRandom();
        var start = Founding.decide(settings, around.store(), data != null, random, log);
        var cache = CaffeineLruCache.<PartitionAddress, StateCache.Cached>open(
                CaffeineLruCache.Config.ofBytes(settings.cache()), StateCache::weigh, monitor.under("legion"));
        var store = new MeteredStore(around.store(), monitor);
        var requests = new RequestMeter(monitor, settings.shards());
        var recorder = new FoldRecorder(
                start.node(), around.pseudonyms(), around.cluster().maxFrameBytes(), wall);
        var lane = new LaneSetup(
                start.node(),
                settings.shards(),
                settings.durability(),
                EngineSettings.replica(settings),
                types,
                store,
                new StateCache(cache),
                requests,
                recorder,
                log);
        var meters = new NodeMeters(monitor, types);
        var tracer = around.tracer();
        var node = Node.open(new NodeSetup(
                lane, EngineSettings.node(settings), around.cluster(), random.nextLong(), meters, tracer));
        var keeper = Executors.newCachedThreadPool(Thread.ofPlatform()
                .daemon()
                .name("legion-keeper-", 0)
                .inheritInheritableThreadLocals(false)
                .factory());
        var clock = new NodeClock(wall);
        var host = new NodeHost(node, settings.mailbox(), clock, keeper, log);
        var ids = new RequestIds(random.nextLong(), settings.shards());
        var callers = new CallerContext(settings, host, ids, clock, monitor, log, keeper, tracer);
        try {
            var beginning = new Beginning(settings, types, store, data, log);
            var entered = new Entrance(
                            settings, descriptions(types), store, around.cluster(), host, beginning, random, log)
                    .enter(start);
            adviseOnTheCollector(log);
            var extracts = new Extracts(lane, around.cluster().maxFrameBytes());
            var operations = new NodeOperations(
                    entered.identity(), types, callers, store, around.cluster(), extracts, recorder, started);
            Desk.open(host, keeper, operations, around.cluster());
            var _ = host.closed().thenRun(claims::release);
            return new RunningLegion(entered, types, callers, operations, log, () -> {
                recorder.close();
                extracts.close();
                requests.close();
                meters.close();
                cache.close();
                release.run();
            });
        } catch (Throwable failure) {
            callers.close();
            requests.close();
            meters.close();
            cache.close();
            throw failure;
        }
    }

    private static SortedMap<String, String> descriptions(PartitionTypes types) {
        var descriptions = new TreeMap<String, String>();
        types.all().forEach(type -> descriptions.put(type.name(), TypeDescription.of(type)));
        return descriptions;
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
