package io.legion.runtime.operator;

import io.legion.operations.NodeReport;
import io.legion.runtime.host.NodeView;

/// What a node says of itself beside its shards, of one moment.
///
/// @param refusedOfOthers how many calls of other nodes it refused because too many were under way
record NodeLook(
        int replicas,
        boolean rebalancingPaused,
        NodeReport.StoreReport store,
        int lostRequests,
        boolean maySaveRequests,
        long refusedOfOthers) {
    static NodeLook at(NodeView node) {
        return new NodeLook(
                node.replicas(),
                node.isRebalancingPaused(),
                Reports.store(node),
                node.lostRequests().size(),
                node.maySaveRequests(),
                node.refusedOfOthers());
    }
}
