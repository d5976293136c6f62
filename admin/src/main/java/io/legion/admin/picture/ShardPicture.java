package io.legion.admin.picture;

import io.legion.core.NodeId;
import io.legion.operations.ShardReport;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/// A shard, as all copies show it that are known.
///
/// @param reason why it is not simply serving; empty if it is
/// @param next what to do; empty if it serves
/// @param leading the copy that takes part in the latest epoch, that of the preferred node first; empty if none is
///     known
/// @param preferred the node that requests go to: the first participant, in the order of preference, that the
///     others reach; empty if none is known
/// @param unreachable the participants that the others do not reach
/// @param copies what is known of its copies, by node
public record ShardPicture(
        int shard,
        ShardState state,
        String reason,
        String next,
        Optional<ShardReport> leading,
        Optional<NodeId> preferred,
        List<NodeId> unreachable,
        NavigableMap<NodeId, ShardReport> copies) {}
