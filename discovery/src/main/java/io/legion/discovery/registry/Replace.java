package io.legion.discovery.registry;

import io.legion.core.Applied;
import io.legion.core.EventContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An instance is put as a whole: it replaces what was there. The place in history decides which of two comes
/// later, whatever the clocks of clients and nodes say.
///
/// @param announced what the event says of it
/// @param status its status, which withdraws an operator's order; if empty, the order stays, or it is `UP`
public record Replace(Announcement announced, Optional<Status> status) implements Announcing {
    /// The event that puts this instance.
    public static Replace of(Instance instance, Optional<Status> status) {
        return new Replace(Announcement.of(instance, 0), status);
    }

    @Override
    public Applied<Registration, Register.Result> apply(Registration state, EventContext context) {
        var before = state.listed();
        var next = new Registration.Listed(lease(before, context.millis()));
        return Applied.of(next, before == null ? Register.Result.ADDED : Register.Result.REPLACED);
    }

    private Lease lease(@Nullable Lease before, long now) {
        var ordered = before == null || status.isPresent() ? Status.UNKNOWN : before.override();
        var shown = ordered == Status.UNKNOWN ? status.orElse(Status.UP) : ordered;
        return Lease.registered(announced.saidAt(now), shown, ordered, before, now);
    }
}
