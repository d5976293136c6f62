package io.legion.store.postgres.schema;

import io.legion.core.NodeId;
import io.legion.spi.Durability;
import io.legion.spi.StoreIdentity;
import java.util.Optional;

/// What the table `mark` says: whose the store is, and how it was left.
///
/// @param boot empty after a clean close; else the run of the server in which the store was opened
/// @param weakest the weakest durability of a write since then
/// @param complete whether the store was complete when it was opened
/// @param damage what was found missing that was as durable as asked; empty if nothing
public record LifeMark(
        String boot, Durability weakest, boolean complete, String damage, Optional<StoreIdentity> identity) {

    public boolean clean() {
        return boot.isEmpty();
    }

    /// The mark after an opening in the server's run `now`.
    public LifeMark opened(String now) {
        return new LifeMark(now, Durability.FORCED, complete && isIntact(now), damage, identity);
    }

    /// True if everything that the store acknowledged is as durable as a stop in the run before `now` asks for.
    private boolean isIntact(String now) {
        var needed = clean() ? Durability.MEMORY : boot.equals(now) ? Durability.HANDED_OVER : Durability.FORCED;
        return weakest.covers(needed);
    }

    public LifeMark closed() {
        return new LifeMark("", Durability.FORCED, complete, damage, identity);
    }

    public LifeMark weakened(Durability durability) {
        return new LifeMark(boot, durability, complete, damage, identity);
    }

    public LifeMark damaged(String what) {
        return new LifeMark(boot, weakest, false, what, identity);
    }

    /// A new node has said nothing yet, so nothing is missing.
    public LifeMark identified(StoreIdentity next) {
        NodeId before = identity.map(StoreIdentity::node).orElse(null);
        boolean same = next.node().equals(before);
        return new LifeMark(boot, weakest, complete || !same, same ? damage : "", Optional.of(next));
    }
}
