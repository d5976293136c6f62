package io.legion.core.shard;

/// What replicas of one shard tell each other.
public sealed interface Message permits Message.Placeholder {
    record Placeholder() implements Message {}
}
