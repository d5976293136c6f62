package io.legion.operations;

import io.legion.core.NodeId;

/// All states of a shard as they were at one position of its history, which a node reads for a backup.
///
/// The node keeps it open while [Operations#piece] asks for it, and gives it up when nobody has asked for
/// [#IDLE_SECONDS]; after some seconds already, if there is no room for another one.
///
/// @param number of the extract at that node
/// @param node which reads it
/// @param shard whose states they are
/// @param position the number of events folded since the shard began
/// @param historyHash over all of them, as in [ShardReport]
public record Extract(long number, NodeId node, int shard, long position, long historyHash) {
    /// How many extracts a node has open at once.
    public static final int MOST_OPEN = 4;

    /// For how long a node keeps an extract for which nobody asks.
    public static final int IDLE_SECONDS = 60;
}
