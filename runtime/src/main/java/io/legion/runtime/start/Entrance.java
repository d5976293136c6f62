package io.legion.runtime.start;

import io.legion.LegionSettings;
import io.legion.StartupException;
import io.legion.core.NodeId;
import io.legion.runtime.host.ClusterListener;
import io.legion.runtime.host.Founders;
import io.legion.runtime.host.Input;
import io.legion.runtime.host.Node;
import io.legion.runtime.host.NodeHost;
import io.legion.runtime.storage.NodeMarks;
import io.legion.runtime.storage.StoredTypes;
import io.legion.service.Logger;
import io.legion.spi.Cluster;
import io.legion.spi.Store;
import io.legion.spi.StoreException;
import io.legion.spi.StoreIdentity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The way of a node into its cluster: by recovering its store, by joining through another node, or by
/// founding.
///
/// @param types the partition types, each with its description
/// @param store without its new identity yet, if the node is to look for others
/// @param beginning what the store is to hold if the node founds the cluster
record Entrance(
        LegionSettings settings,
        SortedMap<String, String> types,
        Store store,
        Cluster cluster,
        NodeHost host,
        Beginning beginning,
        RandomGenerator random,
        Logger logger) {

    /// A node that is in its cluster.
    record Entered(StoreIdentity identity, Cluster.Participation participation) {}

    /// Takes part, and begins the node.
    ///
    /// @throws StartupException if there is no cluster to join, the contacts are no addresses, or another program
    ///     ran on the store
    Entered enter(Start start) {
        // A damaged store may have lost the note, and is not to hold up the node.
        if (start instanceof Start.Recover recover && store.damage().isEmpty()) {
            requireOwnTypes(recover.identity());
        }
        var entered = entered(start);
        noteTypes();
        return entered;
    }

    /// Other nodes would keep this one out. Until it met one, it would serve callers whose events they cannot read.
    private void requireOwnTypes(StoreIdentity identity) {
        self(identity.node(), identity.cluster(), false)
                .foreign(StoredTypes.of(store))
                .ifPresent(why -> {
                    throw new StartupException("The release of the service that ran on this store before " + why
                            + ". No two releases of one program have both. Nothing was changed. Start the release before,"
                            + " or one that keeps what it wrote (docs/upgrades.md); or give another program a store of"
                            + " its own.");
                });
    }

    private void noteTypes() {
        try {
            StoredTypes.note(store, types);
        } catch (StoreException unnoted) {
            logger.warning("The store did not take the note which partition types this release has: "
                    + unnoted.getMessage() + " The node goes on; its next start compares with an earlier release.");
        }
    }

    private Entered entered(Start start) {
        return switch (start) {
            case Start.Found found -> {
                found();
                yield entered(found.identity(), (_, _) -> {}, "founded it");
            }
            case Start.Recover recover -> {
                // The node is reachable first, then asks the others what they know of it (R72).
                yield entered(
                        recover.identity(), NodeMarks.hasMet(store) ? Node::recover : Node::recoverAll, "recovered");
            }
            case Start.Look look -> look(look);
        };
    }

    private void found() {
        beginning.prepare();
        begin();
    }

    private void begin() {
        host.begin(Node::found);
        NodeMarks.finish(store);
    }

    private Entered entered(StoreIdentity identity, Input begin, String how) {
        var listener = new ClusterListener(identity.node(), host, logger);
        listener.belongsTo(identity.cluster());
        var participation = cluster.participate(self(identity.node(), identity.cluster(), false), List.of(), listener);
        listener.takesPartBy(participation);
        try {
            host.begin(begin);
            return said(identity, participation, how);
        } catch (RuntimeException failure) {
            participation.close();
            throw failure;
        }
    }

    private Entered look(Start.Look look) {
        // A store that is given up for its damage is not read.
        if (look.givenUp() == null) {
            beginning.requireNothingLeftOut();
        }
        var listener = new ClusterListener(look.node(), host, logger);
        var participation = participate(look, listener);
        listener.takesPartBy(participation);
        try {
            boolean meetsNobody = cluster.discoveryTime().isZero();
            Duration patience = look.mayFound() || meetsNobody ? cluster.discoveryTime() : settings.joinTimeout();
            if (!patience.isZero()) {
                logger.info(() -> "Looking for nodes of the cluster '" + settings.clusterName() + "' for up to "
                        + patience.toSeconds() + " s" + (look.mayFound() ? ", then this node founds it." : "."));
            }
            Optional<UUID> heard = await(look, listener.founders(), patience);
            if (look.begun() != null && heard.isPresent() && !beginning.hasData()) {
                throw new StartupException(begunInVain(heard.get()));
            }
            if (beginning.hasData() && (heard.isPresent() || listener.founders().isOtherFirst())) {
                throw new StartupException(othersFound(heard));
            }
            if (heard.isEmpty() && (!look.mayFound() || listener.founders().isOtherFirst())) {
                throw new StartupException(nobody(look, listener));
            }
            return heard.isPresent()
                    ? join(look, heard.get(), participation, listener)
                    : foundAlone(look, participation, listener);
        } catch (RuntimeException failure) {
            participation.close();
            throw failure;
        }
    }

    /// A cluster to join; empty if there is none, or this node is to found one.
    private Optional<UUID> await(Start.Look look, Founders founders, Duration patience) {
        try {
            var heard = founders.await(patience);
            if (heard.isPresent() || beginning.hasData() || !look.mayFound() || !founders.isOtherFirst()) {
                return heard;
            }
            logger.info("Another node that looks for the cluster '" + settings.clusterName()
                    + "' founds it; this one waits for that.");
            return founders.awaitOthers(settings.joinTimeout());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new StartupException("The start was interrupted while this node looked for its cluster.", stopped);
        }
    }

    private Cluster.Participation participate(Start.Look look, ClusterListener listener) {
        try {
            return cluster.participate(self(look.node(), null, look.mayFound()), look.contacts(), listener);
        } catch (IllegalArgumentException wrong) {
            throw new StartupException(
                    "This node cannot look for its cluster"
                            + (look.contacts().isEmpty() ? "" : " at " + look.contacts()) + ": " + wrong.getMessage()
                            + " Nothing was changed.",
                    wrong);
        }
    }

    private Entered foundAlone(Start.Look look, Cluster.Participation participation, ClusterListener listener) {
        beginning.requireReadable();
        var begun = look.begun();
        var identity = begun == null
                ? Founding.founded(settings, store, look.node(), random)
                : Founding.goneOn(store, begun, look.node());
        beginning.prepare();
        if (beginning.hasData()) {
            requireStillAlone(listener.founders());
        }
        begin();
        if (!beginning.hasData()) {
            listener.founded();
        }
        listener.belongsTo(identity.cluster());
        participation.belongsTo(identity.cluster());
        return said(identity, participation, "founded it");
    }

    /// To take in data may take hours, in which another node may have founded the cluster, or be about to.
    private void requireStillAlone(Founders founders) {
        var heard = founders.heard();
        if (heard.isPresent() || founders.isOtherFirst()) {
            throw new StartupException(othersCame(heard));
        }
    }

    private Entered join(Start.Look look, UUID heard, Cluster.Participation participation, ClusterListener listener) {
        StoreIdentity givenUp = look.givenUp();
        if (givenUp != null && !givenUp.cluster().equals(heard)) {
            throw new StartupException("The store belongs to the cluster '" + givenUp.clusterName() + "' ("
                    + givenUp.cluster() + "), and the nodes that were reached form another one of that name (" + heard
                    + "). Nothing was changed. Give the right store, or the right addresses.");
        }
        var identity = Founding.joined(settings, store, look.node(), heard);
        listener.belongsTo(heard);
        host.begin((node, now) -> {
            node.join(now);
            if (givenUp != null) {
                node.eject(givenUp.node(), now);
            }
        });
        participation.belongsTo(heard);
        return said(identity, participation, "joined it");
    }

    private Cluster.Self self(NodeId node, @Nullable UUID id, boolean mayFound) {
        return new Cluster.Self(
                node, settings.clusterName(), settings.shards(), EngineSettings.common(settings), id, types, mayFound);
    }

    private Entered said(StoreIdentity identity, Cluster.Participation participation, String how) {
        logger.info(() -> "Node " + identity.node() + " of the cluster '" + identity.clusterName() + "' " + how
                + " with " + identity.shards() + " shards.");
        return new Entered(identity, participation);
    }

    private String othersFound(Optional<UUID> cluster) {
        return "The cluster '" + settings.clusterName() + "' was not founded from the data that were given: "
                + cluster.map(id -> "nodes were met that form it already (" + id + "), and do not have the data."
                                + " Nothing was changed. To join them, start this node with an empty store and without"
                                + " data; to found another cluster, stop them, or give it another name.")
                        .orElse("another node was met that looks for it and may found it. Nothing was changed. Only one"
                                + " node may found a cluster from data: start the others without mayFound.");
    }

    private String begunInVain(UUID cluster) {
        return "The founding of the cluster '" + settings.clusterName()
                + "' on this store was interrupted, and nodes were"
                + " met that form another one of that name (" + cluster
                + "). Nothing was changed. To join them, empty the"
                + " store: it holds nothing yet.";
    }

    private String othersCame(Optional<UUID> cluster) {
        return "The cluster '" + settings.clusterName() + "' was not founded from the data that were given: while they"
                + " were taken in, "
                + cluster.map(id -> "nodes came that form a cluster of this name (" + id + ").")
                        .orElse("another node came that looks for it and may found it.")
                + " The data are in the store, and nothing of them is served. To go on with them, stop the other nodes,"
                + " and start this one again with the same data; then start the others, without mayFound. To join the"
                + " others, start this node with an empty store and without data.";
    }

    private String nobody(Start.Look look, ClusterListener listener) {
        String refusals =
                listener.refusals().isEmpty() ? "" : " What was met: " + String.join(" ", listener.refusals());
        var damage = store.damage();
        if (damage.isPresent()) {
            return "The store lost writes that were as durable as asked: " + damage.get() + " No other node of the"
                    + " cluster '" + settings.clusterName() + "' was reached that has them. Nothing was changed. Start"
                    + " another node of the cluster first; or put the store's files back as they were; or, if this is"
                    + " the only copy, set incompleteStore to trust (and replaceDamaged to false, if the store has that"
                    + " setting): then this node goes on with what is left.";
        }
        String first = "No node of the cluster '" + settings.clusterName() + "' was reached within "
                + settings.joinTimeout().toSeconds() + " s"
                + (look.contacts().isEmpty() ? "" : " at " + look.contacts())
                + "." + refusals + " Nothing was changed. ";
        if (look.givenUp() != null) {
            return first + "This node cannot go on with its store alone, which may lack what others count on (R1)."
                    + " Start another node of the cluster first; or, if all nodes stopped together and none has a"
                    + " complete store, set incompleteStore to trust on all of them.";
        }
        return first + "Start a node of the cluster, or let one node found it: with NewCluster, or Automatic with"
                + " mayFound.";
    }
}
