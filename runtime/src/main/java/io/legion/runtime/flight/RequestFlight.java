package io.legion.runtime.flight;

import io.legion.core.Consistency;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// A request as a whole.
@Name("io.legion.Request")
@Label("Request")
@Description("A request, from the call to the answer, in its caller's thread")
@Category("Legion")
@Enabled(false)
@StackTrace(false)
public final class RequestFlight extends Event {
    @Label("Partition Type")
    String type = "";

    @Label("Shard")
    int shard;

    @Label("Consistency")
    String consistency = "";

    /// The request has ended, with or without an answer.
    public void ended(String partitionType, int ofShard, Consistency asked) {
        end();
        if (shouldCommit()) {
            type = partitionType;
            shard = ofShard;
            consistency = asked.name();
            commit();
        }
    }
}
