package io.legion.core.shard;

/// A reply for the caller that waits under this ticket, the shell's number from the request or read.
public record Tell(long ticket, Reply reply) {}
