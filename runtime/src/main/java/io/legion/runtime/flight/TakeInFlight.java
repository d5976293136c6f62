package io.legion.runtime.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// How long the node takes in what waits for it.
@Name("io.legion.TakeIn")
@Label("Take In")
@Description("The owner of the node brings all inputs that wait to the replicas, which apply events")
@Category("Legion")
@Enabled(false)
@StackTrace(false)
public final class TakeInFlight extends Event {
    /// Ends it, if it is recorded.
    public void taken() {
        end();
        if (shouldCommit()) {
            commit();
        }
    }
}
