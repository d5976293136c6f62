package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.EventId;
import io.legion.core.RequestId;

/// An accepted event that did not get into history here, to be submitted again under its own request id.
///
/// The shell routes it like a request of its own, and calls [Replica#resubmitted(RequestId)] once it is DURABLE
/// there. Until then the replica lists it as salvage, also across restarts.
public record Resubmission(RequestId id, EventId birth, PartitionAddress address, Bytes payload) {}
