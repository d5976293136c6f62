package io.legion;

/// Which participant of its shard serves a request.
public enum RequestRoute {
    /// The participant that the placement prefers, wherever it is. All requests to a partition meet there, so
    /// the order of FAST answers seldom changes later.
    PREFERRED,
    /// This node, if it takes part in the shard. It saves a hop, but requests to one partition may come to
    /// different nodes, and get their order only later.
    NEAREST
}
