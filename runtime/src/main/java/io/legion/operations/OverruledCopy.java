package io.legion.operations;

import io.legion.core.shard.Unfound;
import java.util.List;

/// A copy of a shard that is kept aside on this node because a forced change elsewhere overruled it (R43). It serves
/// nothing, and this node takes no part in the shard, until a person has looked and calls
/// [io.legion.Legion#dropOverruledCopy].
///
/// @param complete false while it is still being found out what is missing in the history that goes on
/// @param unfound the accepted events that are not in that history, at most a thousand; they are not submitted again
/// @param more how many more there are that are not listed; it may count some that changed nothing
public record OverruledCopy(int shard, boolean complete, List<Unfound> unfound, long more) {}
