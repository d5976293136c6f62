package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.EventId;
import io.legion.core.RequestId;
import org.jspecify.annotations.Nullable;

/// A user's request as a replica takes it.
///
/// @param ticket the shell's own number for the waiting caller; replies carry it
/// @param id the name kept through all retries
/// @param birth the id under which the request was first accepted anywhere, as a refusal or a resubmission told
///     it; null if it never was
/// @param address the partition
/// @param payload the event's bytes
/// @param event the same event as an object, if the shell has it at hand; saves reading the bytes
/// @param answerAt the standing at which to reply
public record Request(
        long ticket,
        RequestId id,
        @Nullable EventId birth,
        PartitionAddress address,
        Bytes payload,
        @Nullable Event<?, ?> event,
        Consistency answerAt) {}
