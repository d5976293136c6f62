package io.legion.spi;

import io.legion.core.Bytes;
import io.legion.core.NodeId;

/// Sends frames to other nodes: all that a [io.legion.runtime.host.Node] needs of a [Cluster].
public interface Frames {

    /// Hands a frame over for sending.
    ///
    /// @param to the receiver, not this node
    /// @param frame at most [#maxFrameBytes()] bytes
    /// @return false if the frame is dropped at once: `to` is no member, or too much waits for it already
    /// @throws IllegalArgumentException if the frame is too large
    boolean send(NodeId to, Bytes frame);

    /// The most bytes of a frame.
    int maxFrameBytes();
}
