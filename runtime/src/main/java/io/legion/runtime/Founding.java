package io.legion.runtime;

import io.legion.core.NodeId;
import io.legion.service.Logger;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// Whose store it is, and whether a cluster is to be founded on it: decided at the start, before anything else.
///
/// @param identity the store's identity from now on
/// @param founds true if the shards are to be begun; else they are recovered
record Founding(StoreIdentity identity, boolean founds) {
    /// There once every shard of a founded cluster is in the store.
    private static final byte[] FOUNDED = ShardLayout.nodeRecord("founded");

    private static final byte[] EVERYTHING = {};
    private static final byte[] END = {(byte) 0xff};

    /// Reads the store's identity, or gives it one.
    ///
    /// @throws StartupException if the store and the settings do not fit; the store is then as it was
    static Founding decide(LegionSettings settings, Store store, RandomGenerator random, Logger logger) {
        var present = store.identity();
        if (present.isPresent()) {
            requireFits(settings, present.get());
            boolean founded = store.get(FOUNDED) != null;
            return founded ? recovered(settings, store, present.get(), logger) : again(settings, present.get());
        }
        requireMayFound(settings);
        var identity = new StoreIdentity(
                new UUID(random.nextLong(), random.nextLong()),
                settings.clusterName(),
                new NodeId(random.nextLong()),
                ShardLayout.FORMAT,
                settings.shards(),
                new TreeMap<>());
        store.identify(identity);
        return new Founding(identity, true);
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
                    + ". The number can not be changed. Nothing was changed. Set shards to " + present.shards() + ".");
        }
        if (present.format() != ShardLayout.FORMAT) {
            throw new StartupException("The store has the layout " + present.format() + ", and this version knows "
                    + ShardLayout.FORMAT + ". Nothing was changed. Start the version that wrote it, or a later one.");
        }
    }

    /// What an interrupted founding left is begun again: nothing was ever accepted in it.
    private static Founding again(LegionSettings settings, StoreIdentity present) {
        requireMayFound(settings);
        return new Founding(present, true);
    }

    private static Founding recovered(LegionSettings settings, Store store, StoreIdentity present, Logger logger) {
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
        if (!store.complete() && !store.stoppedCleanly()) {
            logger.warning("The store was not closed properly, and its last writes before that may be gone: they were "
                    + "weaker than what happened. All that is there is whole, and this node goes on with it.");
        }
        return new Founding(present, false);
    }

    private static void requireMayFound(LegionSettings settings) {
        switch (settings.startup()) {
            case StartupMode.NewCluster _ -> {}
            case StartupMode.Automatic(boolean mayFound) -> {
                if (!mayFound) {
                    throw new StartupException("The store is empty, no cluster '" + settings.clusterName()
                            + "' was reached, and this node may not found one. Nothing was changed. "
                            + "Start a node of the cluster, or let this node found it.");
                }
            }
            case StartupMode.Recover _ ->
                throw new StartupException("There is nothing to recover: the store is empty. Nothing was changed. "
                        + "Give the right store, or start with NewCluster or Automatic.");
            case StartupMode.JoinCluster(var addresses) ->
                throw new StartupException("No cluster '" + settings.clusterName() + "' was reached at " + addresses
                        + ". Nothing was changed. Start a node there, or found a cluster with NewCluster.");
        }
    }

    /// Clears what an interrupted founding may have left.
    static void begin(Store store) {
        store.write(new Batch().deleteRange(EVERYTHING, END), Durability.FORCED);
    }

    /// Every shard is in the store: from now on it is recovered.
    static void finish(Store store) {
        store.write(new Batch().put(FOUNDED, new byte[0]), Durability.FORCED);
    }
}
