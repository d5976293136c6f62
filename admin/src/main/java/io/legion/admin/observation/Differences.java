package io.legion.admin.observation;

import io.legion.admin.observation.LifeEvent.Kind;
import io.legion.admin.picture.ClusterPicture;
import io.legion.admin.picture.NodePicture;
import io.legion.admin.picture.ShardPicture;
import io.legion.admin.picture.ShardState;
import io.legion.operations.MemberReport.Status;
import io.legion.operations.NodeReport;
import io.legion.operations.ShardReport;
import java.util.EnumMap;
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
            add(Kind.NODE_LOST, node, " cannot be asked any more: " + node.why());
        } else if (!was && is && earlier.member().status() != Status.GONE) {
            add(Kind.NODE_BACK, node, " answers again.");
        }
        var started = earlier.facts().map(facts -> facts.report()).map(NodeReport::started);
        var restarted = node.facts().map(facts -> facts.report()).map(NodeReport::started);
        if (started.isPresent() && restarted.isPresent() && !started.equals(restarted)) {
            add(Kind.NODE_RESTARTED, node, " was started again.");
        }
    }

    /// One event for all shards that changed in the same way: a node that goes takes hundreds with it.
    private void shards() {
        Map<ShardState, Integer> changed = new EnumMap<>(ShardState.class);
        Map<ShardState, ShardPicture> example = new EnumMap<>(ShardState.class);
        for (var shard : now.shards()) {
            if (before.shards().get(shard.shard()).state() != shard.state()) {
                changed.merge(shard.state(), 1, Integer::sum);
                example.putIfAbsent(shard.state(), shard);
            }
        }
        changed.forEach((state, count) -> shards(state, count, example.get(state)));
    }

    private void shards(ShardState state, int count, ShardPicture example) {
        var word = state.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        to.add(
                now.at(),
                Kind.SHARDS_CHANGED,
                count == 1
                        ? "Shard " + example.shard() + " is " + word + ". " + example.reason()
                        : count + " shards are " + word + ", shard " + example.shard() + " among them. "
                                + example.reason(),
                Optional.empty(),
                count == 1 ? Optional.of(example.shard()) : Optional.empty());
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
