package io.legion.runtime.consult;

import io.legion.core.Bytes;
import io.legion.core.NodeId;

/// Answers what other nodes ask for their operators.
public interface Consultant {
    /// A question came. The node's owner calls this: it must not block. The answer goes to
    /// [io.legion.runtime.host.Node#answer], later or never.
    ///
    /// @param number to answer under
    void consulted(NodeId from, long number, Bytes question);
}
