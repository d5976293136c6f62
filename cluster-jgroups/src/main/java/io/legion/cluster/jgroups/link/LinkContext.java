package io.legion.cluster.jgroups.link;

import io.legion.cluster.jgroups.wire.TcpWire;
import io.legion.service.Logger;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// What all links of a node have in common: how the node introduces itself, and what carries and hears frames.
///
/// **Threads.** Any. A link calls it with its lock held, so no method waits for a link.
public interface LinkContext {

    /// How far a peer may lag behind, and how long it may be silent.
    LinkSettings settings();

    /// The cluster that this node belongs to; null until it has joined one.
    @Nullable
    UUID cluster();

    /// A greeting of this node.
    ///
    /// @param now becomes the greeting's `sentAt`; [Greeting] explains the others
    Greeting greeting(
            long now, boolean asks, long answers, long token, long yours, long parcels, Greeting.Stance stance);

    /// A new token, under which this node takes parcels for the link.
    long newToken(Link link);

    /// Parcels under this token go nowhere from now on.
    void forget(long token);

    /// What carries greetings and parcels.
    TcpWire wire();

    /// Runs what must not hold up its caller.
    Executor threads();

    /// Who hears of the peers.
    LinkListener listener();

    /// For people.
    Logger logger();
}
