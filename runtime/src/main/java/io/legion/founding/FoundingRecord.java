package io.legion.founding;

import io.legion.core.Bytes;
import io.legion.core.PartitionKey;

/// One partition of a new cluster.
///
/// @param type the name of its type
/// @param key its key
/// @param state its state, as the codec of the type writes it
public record FoundingRecord(String type, PartitionKey key, Bytes state) {}
