package io.legion;

import io.legion.core.PartitionType;
import io.legion.founding.FoundingData;
import io.legion.recording.Pseudonyms;
import io.legion.runtime.start.Assembly;
import io.legion.service.ByteSize;
import io.legion.service.Configuration;
import io.legion.service.Logger;
import io.legion.service.Monitor;
import io.legion.service.Tracer;
import io.legion.spi.Cluster;
import io.legion.spi.ClusterException;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import io.legion.spi.StoreException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Opens a [Legion]. Every choice has a default: in memory, alone, a logger that prints to the standard
/// error, no measurements, the settings of [LegionSettings#named].
///
/// A setting that is out of its range is refused at once, with an [IllegalArgumentException] that names it.
/// Not safe for use by several threads.
public final class LegionBuilder {
    private LegionSettings settings;
    private @Nullable Store store;
    private @Nullable Cluster cluster;
    private @Nullable Logger logger;
    private @Nullable Monitor monitor;
    private @Nullable Tracer tracer;
    private @Nullable FoundingData founding;
    private List<Pseudonyms<?>> pseudonyms = List.of();

    LegionBuilder(LegionSettings settings) {
        this.settings = settings;
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

    /// What traces requests on their way through the nodes; by default nothing does.
    public LegionBuilder tracer(Tracer choice) {
        tracer = choice;
        return this;
    }

    /// Lets this node found the cluster if it has an empty store and meets no other node, or forbids it
    /// (the default). Of nodes that look at the same time and may, one founds and the others join; two that
    /// cannot see each other found two clusters, which never become one. A node without a cluster service
    /// always may. Takes the place of an earlier [#startup].
    public LegionBuilder mayFound(boolean may) {
        return startup(new StartupMode.Automatic(may));
    }

    /// What the cluster begins with, if this node founds it; a node whose store belongs to a cluster already reads
    /// none of it. So the same program starts the node again. [#open] returns once all data are in the store, and
    /// logs every few seconds how far it is.
    ///
    /// Only a node that may found takes data, and it joins no cluster: those that it meets do not have them.
    ///
    /// @param data null, as by default, for a cluster that begins with nothing
    public LegionBuilder founding(@Nullable FoundingData data) {
        founding = data;
        return this;
    }

    /// What recordings of this node show in place of what nobody is to see (docs/upgrades.md). Of a type without
    /// pseudonyms nothing is recorded unless the operator allows real data.
    ///
    /// @param choice at most one for each type
    public LegionBuilder pseudonyms(Pseudonyms<?>... choice) {
        pseudonyms = List.of(choice);
        return this;
    }

    /// See [LegionSettings#startup()].
    public LegionBuilder startup(StartupMode mode) {
        return set("startup", mode);
    }

    /// See [LegionSettings#shards()].
    public LegionBuilder shards(int count) {
        return set("shards", count);
    }

    /// See [LegionSettings#durability()].
    public LegionBuilder durability(Durability choice) {
        return set("durability", choice);
    }

    /// See [LegionSettings#requestTimeout()].
    public LegionBuilder requestTimeout(Duration timeout) {
        return set("requestTimeout", timeout);
    }

    /// See [LegionSettings#mailbox()].
    public LegionBuilder mailbox(int bound) {
        return set("mailbox", bound);
    }

    /// See [LegionSettings#cache()].
    public LegionBuilder cache(ByteSize size) {
        return set("cache", size);
    }

    /// See [LegionSettings#maxEvent()].
    public LegionBuilder maxEvent(ByteSize size) {
        return set("maxEvent", size);
    }

    /// See [LegionSettings#tick()].
    public LegionBuilder tick(Duration interval) {
        return set("tick", interval);
    }

    /// See [LegionSettings#closeTimeout()].
    public LegionBuilder closeTimeout(Duration timeout) {
        return set("closeTimeout", timeout);
    }

    /// See [LegionSettings#joinTimeout()].
    public LegionBuilder joinTimeout(Duration timeout) {
        return set("joinTimeout", timeout);
    }

    /// See [LegionSettings#incompleteStore()].
    public LegionBuilder incompleteStore(IncompleteStore choice) {
        return set("incompleteStore", choice);
    }

    /// See [LegionSettings#placement()].
    public LegionBuilder placement(PlacementSettings settings) {
        return set("placement", settings);
    }

    /// See [LegionSettings#replication()].
    public LegionBuilder replication(ReplicationSettings settings) {
        return set("replication", settings);
    }

    /// See [LegionSettings#release()].
    public LegionBuilder release(ReleaseSettings settings) {
        return set("release", settings);
    }

    private LegionBuilder set(String setting, Object value) {
        settings = Configuration.with(settings, setting, value);
        return this;
    }

    /// The settings as they are now.
    public LegionSettings settings() {
        return settings;
    }

    /// Starts a node: recovers what its store holds, joins a cluster, or founds one, as
    /// [LegionSettings#startup()] says. Returns when the node takes part; one that has to join waits up to
    /// [LegionSettings#joinTimeout()].
    ///
    /// @param types every partition type that the service uses, or used before
    /// @throws StartupException if the store and the settings do not fit, there is no cluster to join, or none can
    ///     be founded from the data
    /// @throws StoreException if the store fails
    /// @throws ClusterException if the node cannot take part in the cluster
    /// @throws IllegalArgumentException if two types have one name, or pseudonyms are of a type that is not among
    ///     them
    public Legion open(PartitionType<?>... types) {
        return Assembly.open(settings, store, cluster, logger, monitor, tracer, founding, pseudonyms, types);
    }
}
