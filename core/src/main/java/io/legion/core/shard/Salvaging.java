package io.legion.core.shard;

import io.legion.core.RequestId;
import java.util.ArrayList;
import java.util.List;

/// Submits accepted events again that did not get into history: rule R50.
final class Salvaging {
    /// The replica tries again after this many resend intervals.
    private static final int PATIENCE = 10;

    /// How many events one try submits.
    private static final int AT_ONCE = 64;

    private final ReplicaState state;
    private long submittedMillis = Long.MIN_VALUE / 2;

    Salvaging(ReplicaState state) {
        this.state = state;
    }

    /// R50: submits the salvage again, in the order in which it was accepted, until each is known to be in history.
    void tick() {
        boolean due = state.elapsedMillis - submittedMillis >= PATIENCE * state.settings.resendMillis();
        if (state.salvage.isEmpty() || !due || state.listing.by != null) {
            return;
        }
        submittedMillis = state.elapsedMillis;
        state.salvage.values().stream().limit(AT_ONCE).forEach(this::submit);
        state.outbox.alarm(
                Alarm.Kind.SALVAGE,
                state.salvage.size() + " accepted events did not get into history before the participants changed;"
                        + " they are being submitted again under their own request ids");
    }

    private void submit(LogEntry entry) {
        state.outbox.resubmit(entry.resubmitted());
    }

    /// The request is DURABLE where it was submitted again: it is no longer salvage. Another event that a
    /// caller gave the same id is still (R74).
    void resubmitted(Request request) {
        for (LogEntry entry : new ArrayList<>(state.salvage.values())) {
            if (entry.request().equals(request.id()) && entry.fingerprint() == request.fingerprint()) {
                state.salvage.remove(entry.id());
                state.journal.salvage.put(entry.id(), false);
            }
        }
        submittedMillis = state.salvage.isEmpty() ? submittedMillis : Long.MIN_VALUE / 2;
    }

    List<RequestId> listed() {
        return state.salvage.values().stream().map(LogEntry::request).toList();
    }
}
