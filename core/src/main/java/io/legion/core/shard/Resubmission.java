package io.legion.core.shard;

import io.legion.core.Bytes;
import io.legion.core.EventId;
import io.legion.core.RequestId;

/// An accepted event that did not make it into history here and must be submitted again, under its own request
/// id.
///
/// The shell routes it like a request of its own and tells [Replica#resubmitted(RequestId)] when it is
/// DURABLE there. Until then the replica lists it as salvage, also over restarts.
public record Resubmission(RequestId id, EventId birth, PartitionAddress address, Bytes payload) {}
