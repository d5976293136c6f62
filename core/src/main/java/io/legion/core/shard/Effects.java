package io.legion.core.shard;

import java.util.List;

/// What the shell has to do for a replica, in this order:
///
/// 1. commit `writes` as one atomic batch, to the store's own durability, or forced to disk if `forced` says so;
/// 2. only then (and after all earlier effects of this replica) hand out `sends` and `replies`;
/// 3. call [Replica#stored(long)] with this `number`.
///
/// If the commit fails, the shell must hand out nothing, and stop the replica.
///
/// @param number counts the effects of one replica, from 1
/// @param forced true if a promise, an acceptance, a ballot, a decision or another phase is among the writes
/// @param more true if a message could not hold all that is to be sent: [Replica#drain()] has more to give
/// @param resubmit accepted requests that did not get into history here. The shell routes each like one of its own,
///     and calls [Replica#resubmitted] once it is DURABLE there. Until then the replica lists it as salvage,
///     also across restarts
/// @param alarms for people
public record Effects(
        long number,
        List<Write> writes,
        boolean forced,
        List<Send> sends,
        boolean more,
        List<Tell> replies,
        List<Request> resubmit,
        List<Alarm> alarms) {

    /// True if there is nothing to do.
    public boolean isEmpty() {
        return writes.isEmpty() && sends.isEmpty() && replies.isEmpty() && resubmit.isEmpty() && alarms.isEmpty();
    }
}
