package io.legion;

/// Which participant of its shard serves a request.
public enum RequestRoute {
    /// The one that the placement prefers, wherever that is: all requests to a partition meet there, so what is
    /// answered FAST is seldom ordered otherwise later.
    PREFERRED,
    /// This node, if it takes part in the shard: no hop, but requests to one partition may meet on different
    /// nodes first, and their order is found later.
    NEAREST
}
