package io.legion.operations;

import io.legion.core.NodeId;
import java.time.Duration;
import java.util.Optional;

/// Another member of the cluster, as one node sees it.
///
/// @param reachable true if the cluster service says that there is a way to it
/// @param silent for how long this node has had no frame of it; empty if it never had one
public record PeerReport(NodeId node, boolean reachable, Optional<Duration> silent) {}
