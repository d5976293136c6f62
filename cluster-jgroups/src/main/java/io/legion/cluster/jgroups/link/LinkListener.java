package io.legion.cluster.jgroups.link;

import io.legion.core.Bytes;
import io.legion.core.NodeId;
import java.util.List;
import java.util.UUID;
import java.util.function.DoubleSupplier;

/// Hears of the peers. It never throws.
public interface LinkListener {

    /// The peer can be reached. A link calls this without its lock, as it does [#left] and [#received], for one
    /// peer on one thread at a time.
    void joined(NodeId node, UUID cluster);

    /// The peer cannot be reached any more.
    void left(NodeId node);

    /// The peer looks for its cluster, as this node does, and may found one; or not any more.
    void looks(NodeId node, boolean there);

    /// Frames of the peer, in their order. When this returns they count as processed.
    void received(NodeId node, List<Bytes> frames);

    /// The peer is a member from now on, before the call of [#joined]. A link calls this with its lock held, as
    /// it does [#notMember].
    ///
    /// @param used how many bytes of the peer's window are used
    void member(NodeId node, DoubleSupplier used);

    /// The peer is no member any more.
    void notMember(NodeId node);
}
