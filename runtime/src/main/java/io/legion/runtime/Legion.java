package io.legion.runtime;

import io.legion.core.NodeId;
import io.legion.core.PartitionType;
import io.legion.core.RequestId;
import io.legion.core.placement.Members;
import io.legion.core.shard.PartitionAddress;
import io.legion.core.shard.PartitionTypes;
import io.legion.core.shard.ReplicaStatus;
import io.legion.service.CaffeineLruCache;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/// A node of a cluster: hosts shards of partitions on a [Store], and serves requests to all of them.
///
/// ```java
/// try (var store = MemoryStore.open(new MemoryStore.Config(new ByteSize(1 << 30)));
///         var cluster = SoloCluster.open();
///         var legion = Legion.open(settings, store, cluster, logger, monitor, accounts)) {
///     var bank = legion.partitions(accounts);
///     bank.request("alice", new Deposit(100));
/// }
/// ```
///
/// **Threads.** Every method may be called by any thread. Legion has a few threads of its own; most of the work
/// is done by the threads of its callers.
public final class Legion implements AutoCloseable {
    private final StoreIdentity identity;
    private final PartitionTypes types;
    private final Hosting hosting;
    private final CaffeineLruCache<PartitionAddress, StateCache.Cached> cache;
    private final Cluster.Participation participation;
    private final Logger logger;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Legion(
            Entrance.Entered entered,
            PartitionTypes types,
            Hosting hosting,
            CaffeineLruCache<PartitionAddress, StateCache.Cached> cache,
            Logger logger) {
        this.identity = entered.identity();
        this.participation = entered.participation();
        this.types = types;
        this.hosting = hosting;
        this.cache = cache;
        this.logger = logger;
    }

    /// Starts a node: founds a cluster, joins one, or goes on with what the store holds, as
    /// [LegionSettings#startup()] says.
    ///
    /// The store and the cluster stay with the caller, who closes them after the Legion.
    ///
    /// @param types every partition type that is used or was used before
    /// @throws StartupException if the store and the settings do not fit
    /// @throws StoreException if the store fails
    /// @throws ClusterException if the node can not take part in the cluster
    /// @throws IllegalArgumentException if two types have one name
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
        var lane = new Lane.Setup(
                start.node(),
                settings.shards(),
                settings.durability(),
                settings.replicaSettings(),
                known,
                measured,
                new StateCache(cache),
                Outbox.nowhere(),
                log);
        var setup =
                new Node.Setup(start.node(), settings.nodeSettings(), known, measured, cluster, log, random.nextLong());
        var node = Node.open(setup, DirectLanes.over(lane, 1));
        var keeper = Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name("legion-keeper-", 0).factory());
        var clock = InstantSource.system();
        var host = new NodeHost(node, settings.mailbox(), clock, keeper, log);
        var ids = new RequestIds(random.nextLong(), settings.shards());
        var hosting = new Hosting(settings, host, ids, clock, monitor, keeper);
        try {
            var entered = new Entrance(settings, measured, cluster, host, random, log).enter(start);
            adviseOnTheCollector(log);
            return new Legion(entered, known, hosting, cache, log);
        } catch (RuntimeException failure) {
            hosting.close();
            cache.close();
            throw failure;
        }
    }

    /// Life cycle rather than a warning: a JVM chooses Serial by itself on a machine that it takes for small, and the
    /// tests of a service run on such machines too.
    private static void adviseOnTheCollector(Logger log) {
        var beans = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(GarbageCollectorMXBean::getName)
                .toList();
        int processors = Runtime.getRuntime().availableProcessors();
        Collector.of(beans).flatMap(running -> running.advice(processors)).ifPresent(log::info);
    }

    /// The partitions of a type.
    ///
    /// @param type one of those that this Legion was opened with
    /// @throws IllegalArgumentException if it is none of them
    public <S> Partitions<S> partitions(PartitionType<S> type) {
        PartitionType<?> known = types.find(type.id());
        if (known == null || !known.equals(type)) {
            throw new IllegalArgumentException("this Legion was not opened with the partition type '" + type.name()
                    + "'" + (known == null ? "" : ", but with another one of that name"));
        }
        return new LocalPartitions<>(type, hosting);
    }

    /// Who this node is, and what was fixed when its cluster was founded.
    public StoreIdentity identity() {
        return identity;
    }

    /// The id of this node.
    public NodeId node() {
        return identity.node();
    }

    /// How the replica of a shard stands on this node, or empty if the shard does not run here.
    ///
    /// @param shard from 0 to one less than the number of shards
    public Optional<ReplicaStatus> status(int shard) {
        return hosting.host().ask(node -> node.status(shard));
    }

    /// Who belongs to the cluster, as far as this node has heard.
    public Members members() {
        return hosting.host().ask(Node::members);
    }

    /// Hands this node's shards over to the others and leaves the cluster for good: its identity is not used again.
    /// Requests are served meanwhile. To be called before [#close].
    ///
    /// @param patience how long to wait until everything is handed over; the handing over goes on after that
    /// @return true once everything is handed over; false if it takes longer, as it always does on the last node
    public boolean leave(Duration patience) {
        hosting.host().withNode(Node::leave);
        return hosting.waitUntil(patience, () -> hosting.host().ask(Node::hasLeft));
    }

    /// Declares that another node is out for good: its shards are taken over now, and it can not come back under its
    /// id. Without a majority of a shard's participants nothing changes for that shard until there is one again.
    ///
    /// @throws IllegalArgumentException if it is this node
    public void eject(NodeId node) {
        if (node.equals(identity.node())) {
            throw new IllegalArgumentException("this node can not eject itself: let it leave");
        }
        hosting.host().withNode((ejecting, now) -> ejecting.eject(node, now));
    }

    /// Declares that these nodes are lost for ever, and accepts that what only they hold is lost with them:
    /// every shard that takes part on this node and has no majority without them goes on with those left
    /// (R43). To be called on each node that is left, one after the other, until every shard is served again.
    ///
    /// That may cost events that were answered DURABLE. If the lost nodes live after all, and went on by
    /// themselves, it costs what they answered FINAL too: when they come back they give way, keep their
    /// copies aside, and list what is not in the history that goes on ([#setApart]).
    ///
    /// @return what was done with each shard that takes part here
    public List<Forced> force(Set<NodeId> lost) {
        return hosting.host().change((node, now) -> node.force(lost, now));
    }

    /// The copies on this node that a forced change elsewhere has overruled, with the events that were lost by it.
    public List<SetApart> setApart() {
        return hosting.host().ask(Node::setApart);
    }

    /// Drops a copy that is kept aside, and its list: this node may take part in the shard again, with a fresh copy.
    ///
    /// @return false if the shard is not set apart here, or the store failed: then it is as before
    public boolean dropSetApart(int shard) {
        return hosting.host().change((node, now) -> node.dropSetApart(shard, now));
    }

    /// Requests that were answered FAST, did not get into history when their node was removed, and were too
    /// old to be submitted again (R54): they were not applied. The latest 1,000, also of earlier starts.
    public List<RequestId> lost() {
        return hosting.host().ask(Node::lost);
    }

    /// Stops this node: refuses what is new, waits for what is under way as long as
    /// [LegionSettings#closeTimeout()] allows, and tells the rest that the node closes. The store is then as
    /// the last answers say. Closing again does nothing.
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            hosting.drain();
            participation.close();
            hosting.close();
            cache.close();
            logger.info("Node " + identity.node() + " of the cluster '" + identity.clusterName() + "' is closed.");
        }
    }
}
