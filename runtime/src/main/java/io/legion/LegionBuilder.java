package io.legion;

import io.legion.core.PartitionType;
import io.legion.runtime.start.Assembly;
import io.legion.service.ByteSize;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import io.legion.spi.Cluster;
import io.legion.spi.ClusterException;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import io.legion.spi.StoreException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Opens a [Legion]. Every choice has a default: in memory, alone, a logger that prints to the standard error, no
/// measurements, the settings of [LegionSettings#named].
///
/// Not safe for use by several threads.
public final class LegionBuilder {
    private final String clusterName;
    private StartupMode startup;
    private int shards;
    private Durability durability;
    private Duration requestTimeout;
    private int mailbox;
    private ByteSize cache;
    private ByteSize maxEvent;
    private Duration tick;
    private Duration closeTimeout;
    private Duration joinTimeout;
    private IncompleteStore incompleteStore;
    private PlacementSettings placement;
    private ReplicationSettings replication;
    private @Nullable Store store;
    private @Nullable Cluster cluster;
    private @Nullable Logger logger;
    private @Nullable Monitor monitor;

    LegionBuilder(LegionSettings from) {
        this.clusterName = from.clusterName();
        this.startup = from.startup();
        this.shards = from.shards();
        this.durability = from.durability();
        this.requestTimeout = from.requestTimeout();
        this.mailbox = from.mailbox();
        this.cache = from.cache();
        this.maxEvent = from.maxEvent();
        this.tick = from.tick();
        this.closeTimeout = from.closeTimeout();
        this.joinTimeout = from.joinTimeout();
        this.incompleteStore = from.incompleteStore();
        this.placement = from.placement();
        this.replication = from.replication();
    }

    /// Where the node keeps its state. The caller closes the store after the Legion.
    public LegionBuilder store(Store choice) {
        store = choice;
        return this;
    }

    /// How the node reaches other nodes. The caller closes the cluster after the Legion.
    public LegionBuilder cluster(Cluster choice) {
        cluster = choice;
        return this;
    }

    /// Where the node says what it does. The caller closes the logger after the Legion.
    public LegionBuilder logger(Logger choice) {
        logger = choice;
        return this;
    }

    /// Where the node counts and measures. The caller closes the monitor after the Legion.
    public LegionBuilder monitor(Monitor choice) {
        monitor = choice;
        return this;
    }

    /// Lets this node found the cluster if it has an empty store and meets no other node, or forbids it (the
    /// default). True on one node of a cluster only: two nodes that both found one never become one cluster. A node
    /// without a cluster service always may. Takes the place of an earlier [#startup].
    public LegionBuilder mayFound(boolean may) {
        return startup(new StartupMode.Automatic(may));
    }

    /// See [LegionSettings#startup()].
    public LegionBuilder startup(StartupMode mode) {
        startup = mode;
        return this;
    }

    /// See [LegionSettings#shards()].
    public LegionBuilder shards(int count) {
        shards = count;
        return this;
    }

    /// See [LegionSettings#durability()].
    public LegionBuilder durability(Durability choice) {
        durability = choice;
        return this;
    }

    /// See [LegionSettings#requestTimeout()].
    public LegionBuilder requestTimeout(Duration timeout) {
        requestTimeout = timeout;
        return this;
    }

    /// See [LegionSettings#mailbox()].
    public LegionBuilder mailbox(int bound) {
        mailbox = bound;
        return this;
    }

    /// See [LegionSettings#cache()].
    public LegionBuilder cache(ByteSize size) {
        cache = size;
        return this;
    }

    /// See [LegionSettings#maxEvent()].
    public LegionBuilder maxEvent(ByteSize size) {
        maxEvent = size;
        return this;
    }

    /// See [LegionSettings#tick()].
    public LegionBuilder tick(Duration interval) {
        tick = interval;
        return this;
    }

    /// See [LegionSettings#closeTimeout()].
    public LegionBuilder closeTimeout(Duration timeout) {
        closeTimeout = timeout;
        return this;
    }

    /// See [LegionSettings#joinTimeout()].
    public LegionBuilder joinTimeout(Duration timeout) {
        joinTimeout = timeout;
        return this;
    }

    /// See [LegionSettings#incompleteStore()].
    public LegionBuilder incompleteStore(IncompleteStore choice) {
        incompleteStore = choice;
        return this;
    }

    /// See [LegionSettings#placement()].
    public LegionBuilder placement(PlacementSettings settings) {
        placement = settings;
        return this;
    }

    /// See [LegionSettings#replication()].
    public LegionBuilder replication(ReplicationSettings settings) {
        replication = settings;
        return this;
    }

    /// The settings as they are now.
    ///
    /// @throws IllegalArgumentException if a value is out of its range; the message names it
    public LegionSettings settings() {
        return new LegionSettings(
                clusterName,
                startup,
                shards,
                durability,
                requestTimeout,
                mailbox,
                cache,
                maxEvent,
                tick,
                closeTimeout,
                joinTimeout,
                incompleteStore,
                placement,
                replication);
    }

    /// Starts a node: recovers what its store holds, joins a cluster, or founds one, as
    /// [LegionSettings#startup()] says. Returns when the node takes part; one that has to join waits up to
    /// [LegionSettings#joinTimeout()].
    ///
    /// @param types every partition type that the service uses, or used before
    /// @throws StartupException if the store and the settings do not fit, or there is no cluster to join
    /// @throws StoreException if the store fails
    /// @throws ClusterException if the node cannot take part in the cluster
    /// @throws IllegalArgumentException if a setting is out of its range, or two types have one name
    public Legion open(PartitionType<?>... types) {
        return Assembly.open(settings(), store, cluster, logger, monitor, types);
    }
}
