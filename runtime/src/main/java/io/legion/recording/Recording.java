package io.legion.recording;

import io.legion.core.NodeId;

/// How far a recording is.
///
/// @param number of the recording at its node
/// @param isOver true once its file is complete
/// @param pseudonymous true if the service replaces what nobody is to see
/// @param events how many events of the type have folded at the node meanwhile
/// @param steps how many of them are kept
/// @param missed how many were not looked at, because they came faster than they could be written down
/// @param leftOut how many could not be written down
/// @param why the reason for the first of those; empty if there is none
/// @param fileBytes how many bytes the file has; 0 until it is complete
public record Recording(
        long number,
        NodeId node,
        String type,
        boolean isOver,
        boolean pseudonymous,
        long events,
        int steps,
        long missed,
        long leftOut,
        String why,
        int fileBytes) {}
