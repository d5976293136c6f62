package io.legion.runtime.flight;

import io.legion.spi.Durability;
import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/// A write to the store.
@Name("io.legion.StoreWrite")
@Label("Store Write")
@Description("One write to the store, for all shards that had something to store")
@Category("Legion")
@Enabled(false)
@StackTrace(false)
public final class StoreWriteFlight extends Event {
    @Label("Changes")
    int changes;

    @Label("Bytes")
    @DataAmount
    long bytes;

    @Label("Durability")
    String durability = "";

    /// The write has ended, also if it has failed.
    public void ended(int changed, long size, Durability asked) {
        end();
        if (shouldCommit()) {
            changes = changed;
            bytes = size;
            durability = asked.name();
            commit();
        }
    }
}
