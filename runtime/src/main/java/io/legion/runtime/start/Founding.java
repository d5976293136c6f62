package io.legion.runtime.start;

import io.legion.IncompleteStore;
import io.legion.LegionSettings;
import io.legion.StartupException;
import io.legion.StartupMode;
import io.legion.core.NodeId;
import io.legion.runtime.storage.NodeMarks;
import io.legion.runtime.storage.ShardLayout;
import io.legion.service.Logger;
import io.legion.spi.Store;
import io.legion.spi.StoreException;
import io.legion.spi.StoreIdentity;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What a node does first, decided from its settings and its store before anything else.
final class Founding {
    /// The setting of an identity that a node got by joining, not by founding.
    private static final String ENTERED = "entered";

    private static final String BY_JOINING = "by-joining";

    private Founding() {}

    /// With data, only founding is right for an empty store: to join would leave them out in silence.
    private static void requireMayFound(LegionSettings settings) {
        if (!mayFound(settings)) {
            throw new StartupException("There are data to found the cluster '" + settings.clusterName()
                    + "' from, and these settings do not let this node found it. Nothing was changed. Only one node of"
                    + " a cluster gets data, and it founds: with NewCluster, or Automatic with mayFound.");
        }
    }

    private static boolean mayFound(LegionSettings settings) {
        return settings.startup() instanceof StartupMode.NewCluster
                || (settings.startup() instanceof StartupMode.Automatic(boolean may) && may);
    }

    /// Reads the store's identity, or gives it one if the node is to found a cluster without looking for
    /// others.
    ///
    /// @param hasData whether there are data to found the cluster from
    /// @throws StartupException if the store and the settings do not fit; the store is then as it was
    static Start decide(LegionSettings settings, Store store, boolean hasData, RandomGenerator random, Logger logger) {
        var present = store.identity();
        if (present.isPresent()) {
            requireFits(settings, present.get());
            // A damaged store may have lost the mark.
            boolean founded = store.damage().isPresent() || NodeMarks.isFounded(store);
            if (founded && hasData) {
                logger.info("The store belongs to a cluster, so nothing is read of the data to found one from.");
            }
            return founded
                    ? recovered(settings, store, present.get(), random, logger)
                    : again(settings, store, present.get(), random);
        }
        if (hasData) {
            requireMayFound(settings);
        }
        var node = new NodeId(random.nextLong());
        return switch (settings.startup()) {
            case StartupMode.NewCluster _ -> new Start.Found(founded(settings, store, node, random));
            case StartupMode.Automatic(boolean mayFound) -> Start.Look.anew(node, List.of(), mayFound);
            case StartupMode.JoinCluster(var addresses) -> Start.Look.anew(node, addresses, false);
            case StartupMode.Recover _ ->
                throw new StartupException("There is nothing to recover: the store is empty. Nothing was changed. "
                        + "Give the right store, or start with NewCluster, JoinCluster or Automatic.");
        };
    }

    /// Gives an empty store the identity of a new cluster.
    static StoreIdentity founded(LegionSettings settings, Store store, NodeId node, RandomGenerator random) {
        var identity = identity(
                settings, new UUID(random.nextLong(), random.nextLong()), node, EngineSettings.fixed(settings));
        store.identify(identity);
        return identity;
    }

    private static StoreIdentity identity(
            LegionSettings settings, UUID cluster, NodeId node, SortedMap<String, String> fixed) {
        return new StoreIdentity(cluster, settings.clusterName(), node, ShardLayout.FORMAT, settings.shards(), fixed);
    }

    /// Gives a store the identity of a new node of an existing cluster. Drops what an earlier life of the store
    /// held.
    static StoreIdentity joined(LegionSettings settings, Store store, NodeId node, UUID cluster) {
        var fixed = EngineSettings.fixed(settings);
        fixed.put(ENTERED, BY_JOINING);
        var identity = identity(settings, cluster, node, fixed);
        if (store.identity().isPresent()) {
            dropContents(store);
        }
        store.identify(identity);
        NodeMarks.joinEmpty(store);
        return identity;
    }

    /// Drops what the store has, and sets its marks before its identity: a store with an identity and no marks
    /// counts as one whose founding was interrupted. A store that is so damaged that it takes no write begins
    /// with nothing.
    private static void dropContents(Store store) {
        try {
            NodeMarks.joinEmpty(store);
        } catch (StoreException.Damaged damaged) {
            if (store.damage().isEmpty()) {
                throw damaged;
            }
        }
    }

    private static void requireFits(LegionSettings settings, StoreIdentity present) {
        if (!present.clusterName().equals(settings.clusterName())) {
            throw new StartupException("The store belongs to the cluster '" + present.clusterName()
                    + "', and the settings name the cluster '" + settings.clusterName()
                    + "'. Nothing was changed. Give the right store, or the right name.");
        }
        if (present.shards() != settings.shards()) {
            throw new StartupException("The cluster was founded with " + present.shards()
                    + " shards, and the settings say " + settings.shards()
                    + ". The number cannot be changed. Nothing was changed. Set shards to " + present.shards() + ".");
        }
        EngineSettings.fixed(settings)
                .forEach((name, value) -> requireSame(name, present.settings().get(name), value));
        if (present.format() != ShardLayout.FORMAT) {
            throw new StartupException("The store has the layout " + present.format() + ", and this version knows "
                    + ShardLayout.FORMAT + ". Nothing was changed. Start the version that wrote it"
                    + (present.format() > ShardLayout.FORMAT ? ", or a later one." : ", or an empty store."));
        }
    }

    /// @param founded null if the store was made before this setting was fixed
    private static void requireSame(String name, @Nullable String founded, String now) {
        if (founded != null && !founded.equals(now)) {
            throw new StartupException("The cluster was founded with " + name + " " + founded
                    + ", and the settings say " + now
                    + ". It cannot be changed. Nothing was changed. Set " + name + " to " + founded + ".");
        }
    }

    /// Begins an interrupted founding again: nothing was ever accepted in it. Another node may have founded the cluster
    /// meanwhile, so this one looks first.
    private static Start again(LegionSettings settings, Store store, StoreIdentity present, RandomGenerator random) {
        if (BY_JOINING.equals(present.settings().get(ENTERED))) {
            return new Start.Recover(present);
        }
        if (!mayFound(settings)) {
            throw new StartupException("The founding of the cluster '" + present.clusterName() + "' on this store was"
                    + " interrupted, and these settings do not let this node begin it again. Nothing was changed. "
                    + "Start with NewCluster, or give an empty store.");
        }
        var node = store.complete() ? present.node() : new NodeId(random.nextLong());
        return settings.startup() instanceof StartupMode.NewCluster
                ? new Start.Found(goneOn(store, present, node))
                : Start.Look.again(node, present);
    }

    /// The identity under which an interrupted founding goes on. What the store lost was never said to anybody; with
    /// another id it is complete again (R1).
    static StoreIdentity goneOn(Store store, StoreIdentity begun, NodeId node) {
        if (begun.node().equals(node)) {
            return begun;
        }
        var identity = begun.withNode(node);
        store.identify(identity);
        return identity;
    }

    /// R1: a store that may lack what this node has said gives up its identity.
    private static Start recovered(
            LegionSettings settings, Store store, StoreIdentity present, RandomGenerator random, Logger logger) {
        switch (settings.startup()) {
            case StartupMode.NewCluster _ ->
                throw new StartupException("The store holds the cluster '" + present.clusterName()
                        + "' already, so none was founded. Nothing was changed. "
                        + "Start with Recover or Automatic to go on with it, or give an empty store.");
            case StartupMode.JoinCluster _ ->
                throw new StartupException("The store belongs to the cluster '" + present.clusterName()
                        + "' already, so it did not join as a new node. Nothing was changed. "
                        + "Start with Recover or Automatic.");
            case StartupMode.Recover _, StartupMode.Automatic _ -> {}
        }
        var damage = store.damage();
        if (damage.isPresent() && settings.incompleteStore() == IncompleteStore.REJOIN) {
            // Before anything is read, as perhaps nothing can be.
            return damaged(damage.get(), present, random, logger);
        }
        if (NodeMarks.isOldCopy(store)) {
            logger.warning(
                    "The store is an older copy of itself, as was found when this node met others. So it gives up"
                            + " its identity " + present.node() + " and its copies, and joins the cluster '"
                            + present.clusterName() + "' as a new node (R1).");
            return Start.Look.instead(new NodeId(random.nextLong()), present);
        }
        if (store.complete()) {
            return new Start.Recover(present);
        }
        if (damage.isPresent()) {
            logger.error("The store lost writes that were as durable as asked: " + damage.get() + " This node, "
                    + present.node() + ", goes on with what is left, since incompleteStore says trust. Answers that it"
                    + " gave may be gone.");
            return new Start.Recover(present);
        }
        boolean rejoins = NodeMarks.hasMet(store) && settings.incompleteStore() == IncompleteStore.REJOIN;
        if (rejoins) {
            logger.warning("The machine stopped before everything that this node had said was on its disk. Others may"
                    + " count on what is gone, so this node gives up its identity " + present.node()
                    + " and its copies, and joins the cluster '" + present.clusterName() + "' as a new node (R1).");
            return Start.Look.instead(new NodeId(random.nextLong()), present);
        }
        if (!store.stoppedCleanly()) {
            logger.warning("The store was not closed properly, and its last writes before that may be gone: they were "
                    + "weaker than what happened. All that is there is whole, and this node goes on with it.");
        }
        return new Start.Recover(present);
    }

    /// R1: whether the node ever met another one may be among what the store lost, so it looks for others in
    /// any case.
    private static Start damaged(String damage, StoreIdentity present, RandomGenerator random, Logger logger) {
        logger.error("The store lost writes that were as durable as asked: " + damage
                + " So this node gives up its identity " + present.node() + " and its copies, and joins the"
                + " cluster '" + present.clusterName() + "' as a new node (R1). If it finds no other node, it does not"
                + " start, and leaves the store as it is.");
        return Start.Look.instead(new NodeId(random.nextLong()), present);
    }
}
