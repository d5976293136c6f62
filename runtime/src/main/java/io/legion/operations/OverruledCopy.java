package io.legion.operations;

import java.util.List;

/// A copy of a shard that is kept aside on this node because a forced change elsewhere overruled it. It serves
/// nothing, and this node takes no part in the shard, until a person has looked and calls
/// [Operations#dropOverruledCopy].
///
/// @param complete false while this node still asks which of its events the history that goes on has
/// @param lost the accepted events that are not in that history, at most a thousand; nobody submits them again
/// @param more how many more there are that are not listed; it may count some that changed nothing
public record OverruledCopy(int shard, boolean complete, List<LostEvent> lost, long more) {}
