package io.legion.runtime.flight;

import io.legion.core.Consistency;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// How long a request waits for the other replicas of its shard.
@Name("io.legion.OthersWait")
@Label("Wait for Others")
@Description(
        "A DURABLE or FINAL request waits at the replica that serves it, first for its own store and then for the other replicas")
@Category("Legion")
@Enabled(false)
@StackTrace(false)
public final class OthersWaitFlight extends Event {
    @Label("Shard")
    int shard;

    @Label("Consistency")
    String consistency = "";

    /// The wait has ended, with or without an answer.
    public void ended(int ofShard, Consistency asked) {
        end();
        if (shouldCommit()) {
            shard = ofShard;
            consistency = asked.name();
            commit();
        }
    }
}
