package io.legion.runtime.flight;

import io.legion.core.NodeId;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// A call that another node serves.
@Name("io.legion.Hop")
@Label("Hop")
@Description("A request or read goes to another node and comes back")
@Category("Legion")
@Enabled(false)
@StackTrace(false)
public final class HopFlight extends Event {
    @Label("Shard")
    int shard;

    @Label("Node")
    String node = "";

    /// Ends the hop, if it is recorded.
    public void back(int ofShard, NodeId from) {
        end();
        if (shouldCommit()) {
            shard = ofShard;
            node = from.toString();
            commit();
        }
    }
}
