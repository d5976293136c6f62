package io.legion.runtime.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// How long a call waits for its node.
@Name("io.legion.NodeWait")
@Label("Wait for Node")
@Description("A call waits until the thread that owns the node takes it in")
@Category("Legion")
@Enabled(false)
@StackTrace(false)
public final class NodeWaitFlight extends Event {
    /// Ends the wait, if it is recorded.
    public void taken() {
        end();
        if (shouldCommit()) {
            commit();
        }
    }
}
