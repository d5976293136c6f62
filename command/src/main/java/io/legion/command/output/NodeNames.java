package io.legion.command.output;

import io.legion.command.client.ReplyPart;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The nodes of a cluster as people name them: by as much of an id as no other node begins with, or by an address.
///
/// @param nodes the nodes of `/cluster`
public record NodeNames(List<ReplyPart> nodes) {
    private static final int SHORTEST = 6;
    private static final int WHOLE = 16;

    /// Those of a picture of the cluster.
    public static NodeNames of(ReplyPart cluster) {
        return new NodeNames(cluster.parts("nodes"));
    }

    /// A node's id, as short as it says which node is meant.
    public String brief(String id) {
        for (int length = SHORTEST; length < id.length(); length++) {
            var begin = id.substring(0, length);
            if (ids().stream().noneMatch(other -> !other.equals(id) && other.startsWith(begin))) {
                return begin;
            }
        }
        return id;
    }

    /// Several nodes.
    public String brief(List<String> ids) {
        return ids.stream().map(this::brief).collect(Collectors.joining(", "));
    }

    /// The id of the node that is meant. A whole id may be that of a node which has gone long ago.
    ///
    /// @throws IllegalArgumentException if it is none of them, or may be several
    public String resolve(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException(
                    "the name of a node is empty, and so means none: see whether a variable of the shell is not set");
        }
        var meant = new TreeSet<String>();
        for (var node : nodes) {
            if (node.text("node").startsWith(name) || node.text("address").equals(name)) {
                meant.add(node.text("node"));
            }
        }
        if (meant.size() == 1) {
            return meant.first();
        }
        if (meant.isEmpty() && name.length() == WHOLE && name.matches("[0-9a-f]+")) {
            return name;
        }
        throw new IllegalArgumentException(
                meant.isEmpty()
                        ? "there is no node \"" + name + "\". The nodes are: " + listed(ids())
                        : "\"" + name + "\" may be " + listed(meant) + ": write more of it");
    }

    /// True if the name is an address, or as much of an id as [#brief] shows at least: hardly anybody means another
    /// node by it.
    public boolean isDistinct(String name) {
        return name.length() >= SHORTEST
                || nodes.stream().anyMatch(node -> node.text("address").equals(name));
    }

    private String listed(Set<String> ids) {
        return nodes.stream()
                .filter(node -> ids.contains(node.text("node")))
                .map(node -> node.text("node") + " (" + node.text("address") + ")")
                .collect(Collectors.joining(", "));
    }

    private Set<String> ids() {
        return nodes.stream().map(node -> node.text("node")).collect(Collectors.toCollection(TreeSet::new));
    }
}
