package io.legion.runtime.host;

import io.legion.core.NodeId;
import io.legion.runtime.call.Calls;
import io.legion.runtime.call.Routing;
import io.legion.runtime.call.Serving;
import io.legion.runtime.consult.Consulting;
import io.legion.runtime.control.Invitations;
import io.legion.runtime.control.Membership;
import io.legion.runtime.control.Replacing;
import io.legion.runtime.frame.Item;
import io.legion.runtime.node.NodeState;
import io.legion.runtime.search.PageServing;
import io.legion.runtime.search.Searching;

/// Gives each item of another node's frame to the part of the node that it is for.
final class Incoming {
    private final NodeState state;
    private final Calls calls;
    private final Routing routing;
    private final Serving serving;
    private final Membership membership;
    private final Invitations invitations;
    private final Replacing replacing;
    private final PageServing pageServing;
    private final Searching searching;
    private final Consulting consulting;

    Incoming(
            NodeState state,
            Calls calls,
            Routing routing,
            Serving serving,
            Membership membership,
            Invitations invitations,
            Replacing replacing,
            PageServing pageServing,
            Searching searching,
            Consulting consulting) {
        this.state = state;
        this.calls = calls;
        this.routing = routing;
        this.serving = serving;
        this.membership = membership;
        this.invitations = invitations;
        this.replacing = replacing;
        this.pageServing = pageServing;
        this.searching = searching;
        this.consulting = consulting;
    }

    /// Takes an item in. One that cannot be taken in is left out alone.
    void receive(NodeId from, Item item) {
        try {
            dispatch(from, item);
        } catch (Throwable broken) {
            state.leftOut("Something from the node " + from, broken);
        }
    }

    private void dispatch(NodeId from, Item item) {
        switch (item) {
            case Item.ForShard i -> {
                if (isShard(i.shard()) && !replacing.removed(i.shard(), from, i.message())) {
                    state.lane.receive(i.shard(), from, i.message(), state.nowMillis);
                }
            }
            case Item.Ask i -> serving.ask(from, i);
            case Item.AskRead i -> serving.ask(from, i);
            case Item.ReplyOutput i -> calls.replied(i.number(), i.reply());
            case Item.ReplyState i -> calls.told(i);
            case Item.ReplyRefusal i -> {
                if (i.view() != null) {
                    state.directory.learn(i.view());
                }
                routing.told(from, i);
            }
            case Item.Waiting i -> routing.waiting(from, i.number());
            case Item.KnownMembers i -> membership.learn(from, i.members());
            case Item.StoppedShards i -> replacing.told(from, i);
            case Item.Views i -> i.views().forEach(state.directory::learn);
            case Item.Invite i -> {
                if (isShard(i.shard())) {
                    invitations.invited(i.shard(), i.sources());
                }
            }
            case Item.AskPage i -> pageServing.ask(from, i);
            case Item.ReplyPage i -> searching.told(from, i);
            case Item.Consult i -> consulting.asked(from, i);
            case Item.Consulted i -> consulting.told(from, i);
        }
    }

    private boolean isShard(int shard) {
        return shard < state.settings.shards();
    }
}
