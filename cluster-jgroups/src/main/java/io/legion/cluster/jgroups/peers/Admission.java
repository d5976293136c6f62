package io.legion.cluster.jgroups.peers;

import io.legion.cluster.jgroups.link.Greeting;
import io.legion.core.NodeId;
import io.legion.spi.Cluster;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;

/// A reason to keep a node out.
///
/// @param kind what is wrong: the listener hears each kind once for a node
/// @param why for people
record Admission(String kind, String why) {
    private static final String SEPARATE = "cluster";
    private static final String CERTIFICATE = "certificate";

    /// Why to keep out the node that sent a greeting; empty if it is welcome.
    static Optional<Admission> refusal(Cluster.Self self, @Nullable UUID ours, Address from, Greeting theirs) {
        var who = "The node " + theirs.node() + " at " + from;
        if (theirs.version() != Greeting.VERSION) {
            return refuse(
                    "version",
                    who + " speaks the version " + theirs.version() + " of the protocol between nodes, this one "
                            + Greeting.VERSION + ". It is kept out: run the same release of Legion on both.");
        }
        if (!theirs.clusterName().equals(self.clusterName())) {
            return refuse(
                    "name",
                    who + " belongs to the cluster '" + theirs.clusterName() + "', this one to '" + self.clusterName()
                            + "'. It is kept out: give them the same name, or take it out of the addresses.");
        }
        if (theirs.shards() != self.shards()) {
            return refuse(
                    "shards",
                    who + " has " + theirs.shards() + " shards, this one " + self.shards()
                            + ". It is kept out: the number of shards of a cluster is fixed when it is founded.");
        }
        var different = different(self.settings(), theirs.settings());
        if (different.isPresent()) {
            return refuse("settings", who + " has " + different.get());
        }
        var cluster = theirs.cluster();
        if (ours != null && cluster != null && !ours.equals(cluster)) {
            return refuse(
                    SEPARATE,
                    who + " belongs to another cluster of the same name '" + self.clusterName() + "' (" + cluster
                            + ", this one to " + ours
                            + "): they were founded separately. It is kept out: empty the store of the one that is not "
                            + "wanted and let it join the other, or give the clusters different names.");
        }
        return Optional.empty();
    }

    private static Optional<String> different(SortedMap<String, String> ours, SortedMap<String, String> theirs) {
        var names = new TreeSet<>(ours.keySet());
        names.addAll(theirs.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(ours.get(name), theirs.get(name)))
                .map(name -> name + " " + theirs.getOrDefault(name, "not set") + ", this one "
                        + ours.getOrDefault(name, "not set")
                        + ". It is kept out: all nodes of a cluster have the same. Give it to both; if it is to change, "
                        + "stop all nodes first, and it must not be one that is fixed when the cluster is founded.")
                .findFirst();
    }

    /// Why to keep out a node with these partition types; empty if it runs the same program, or another
    /// release of it.
    static Optional<Admission> foreign(
            Cluster.Self self, Address from, Greeting theirs, SortedMap<String, String> types) {
        return self.foreign(types)
                .map(why -> new Admission(
                        "types",
                        "The node " + theirs.node() + " at " + from + " " + why
                                + ". It is kept out: it runs another program, or a release that cannot read what this"
                                + " one writes. Give the clusters of two programs different names; what a release may"
                                + " change is in docs/codec.md."));
    }

    /// Another process has the id of this very node.
    static Admission sameId(NodeId own, Address from) {
        return new Admission(
                "self",
                "Another process at " + from + " has the id of this node, " + own
                        + ": a store was copied, or is used twice. Stop one of them; a copy must be started as a new "
                        + "node.");
    }

    /// The node that sent this greeting knows another process with the id of this one.
    static Admission keptOut(NodeId own, Address from, Greeting theirs) {
        return new Admission(
                "kept out",
                "The node " + theirs.node() + " at " + from
                        + " keeps this one out: it knows another process with the id " + own
                        + ". Stop one of them; a copy of a store must be started as a new node.");
    }

    /// A second process with the id of a node that is here already.
    static Admission twin(Address first, Address from, Greeting theirs) {
        return new Admission(
                "twin",
                "The node id " + theirs.node() + " is used at " + from + " and already at " + first
                        + ": a store was copied, or is used twice. The one at " + from
                        + " is kept out: stop one of them; a copy must be started as a new node.");
    }

    /// This node does not trust the certificate of the process there.
    static Admission notTrusted(Address at, String why) {
        return new Admission(
                CERTIFICATE,
                "This node keeps out the process at " + at + ": " + why
                        + ". Give both certificates that the other side's trust store vouches for.");
    }

    /// The process that listens there ends each connection without a word.
    static Admission noWord(Address at) {
        return new Admission(
                "no word",
                "The process at " + at + " ends each connection without a word. If it is a node: do both sides use "
                        + "TLS, and does it trust this node's certificate? It has logged why.");
    }

    /// There is no room for another node.
    static Admission tooMany(int others) {
        return new Admission("many", "There are " + others + " other nodes already.");
    }

    /// True if the node belongs to a cluster of the same name that was founded separately.
    boolean isSeparate() {
        return kind.equals(SEPARATE);
    }

    /// True if this node does not trust the other's certificate.
    boolean isCertificate() {
        return kind.equals(CERTIFICATE);
    }

    private static Optional<Admission> refuse(String kind, String why) {
        return Optional.of(new Admission(kind, why));
    }
}
