package com.example.reservations.check;

import java.io.IOException;

/// What happens to the nodes while callers call.
interface Happening {
    /// @param victim the node that it happens to, unless it happens to all or to a certain one
    void happen(Nodes nodes, int victim) throws IOException, InterruptedException;

    /// True if it happens to the victim alone.
    default boolean isOfVictim() {
        return false;
    }
}
