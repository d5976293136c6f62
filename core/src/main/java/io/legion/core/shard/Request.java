package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.RequestId;

/// A user's request as a replica takes it.
///
/// @param ticket the shell's own number for whoever waits; replies carry it
/// @param id the name kept through all retries
/// @param address the partition
/// @param payload the event's bytes
/// @param answerAt the standing at which to reply
/// @param andFinal true to reply a second time when the outcome is final (if the first reply was not)
public record Request(
        long ticket, RequestId id, PartitionAddress address, Bytes payload, Consistency answerAt, boolean andFinal) {}
