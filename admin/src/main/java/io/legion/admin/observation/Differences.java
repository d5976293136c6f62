package io.legion.admin.observation;

import io.legion.admin.observation.LifeEvent.Kind;
import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.NodePicture;
import io.legion.admin.picture.ShardPicture;
import io.legion.admin.picture.ShardState;
import io.legion.operations.MemberReport.Status;
import io.legion.operations.NodeReport;
import io.legion.operations.ShardReport;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Tells what changed from one picture to the next.
///
/// @param before the earlier picture
/// @param now the later one
/// @param to where it tells
record Differences(ClusterPicture before, ClusterPicture now, LifeEvents to) {
    void tell() {
        now.nodes().forEach(this::node);
        shards();
        now.shards().forEach(this::forced);
    }

    private void add(Kind kind, NodePicture node, String what) {
        to.add(now.at(), kind, "The node " + node.name() + what, Optional.of(node.node()), Optional.empty());
    }

    private void node(NodePicture node) {
        var earlier = before.node(node.node());
        if (earlier.isEmpty()) {
            add(Kind.NODE_JOINED, node, " has come to the cluster.");
            return;
        }
        status(earlier.get(), node);
        if (node.isMember()) {
            answers(earlier.get(), node);
        }
    }

    private void status(NodePicture earlier, NodePicture node) {
        if (earlier.member().status() == node.member().status()) {
            return;
        }
        switch (node.member().status()) {
            case GONE -> add(Kind.NODE_LEFT, node, " is out of the cluster for good.");
            case LEAVING -> add(Kind.NODE_LEAVING, node, " hands its shards over and leaves.");
            case UP -> add(Kind.NODE_JOINED, node, " takes part.");
            case JOINING -> {}
        }
    }

    private void answers(NodePicture earlier, NodePicture node) {
        boolean was = earlier.facts().isPresent();
        boolean is = node.facts().isPresent();
        if (was && !is) {
            add(Kind.NODE_LOST, node, " answers no more: " + node.why());
        } else if (!was && is && earlier.member().status() != Status.GONE) {
            add(Kind.NODE_BACK, node, " answers again.");
        }
        var started = earlier.facts().map(facts -> facts.report()).map(NodeReport::started);
        var restarted = node.facts().map(facts -> facts.report()).map(NodeReport::started);
        if (started.isPresent() && restarted.isPresent() && !started.equals(restarted)) {
            add(Kind.NODE_RESTARTED, node, " has started again.");
        }
    }

    /// One event for all shards that changed in the same way: a node that goes takes hundreds with it.
    private void shards() {
        Map<ShardState, List<ShardPicture>> changed = new EnumMap<>(ShardState.class);
        for (var shard : now.shards()) {
            if (before.shards().get(shard.shard()).state() != shard.state()) {
                changed.computeIfAbsent(shard.state(), _ -> new ArrayList<>()).add(shard);
            }
        }
        changed.forEach(this::shards);
    }

    private void shards(ShardState state, List<ShardPicture> changed) {
        var word = state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        var first = changed.getFirst();
        boolean alone = changed.size() == 1;
        var who = alone
                ? "Shard " + first.shard() + " is " + word + "."
                : changed.size() + " shards are " + word + ", shard " + first.shard() + " among them.";
        to.add(
                now.at(),
                Kind.SHARDS_CHANGED,
                (who + " " + first.reason()).strip(),
                Optional.empty(),
                alone ? Optional.of(first.shard()) : Optional.empty());
    }

    private void forced(ShardPicture shard) {
        var earlier = before.shards().get(shard.shard()).leading().map(ShardReport::era);
        var era = shard.leading().map(ShardReport::era);
        if (earlier.isPresent() && era.isPresent() && era.get() > earlier.get()) {
            to.add(
                    now.at(),
                    Kind.SHARD_FORCED,
                    "Shard " + shard.shard() + " goes on by force, in the era " + era.get() + ".",
                    Optional.empty(),
                    Optional.of(shard.shard()));
        }
    }
}
