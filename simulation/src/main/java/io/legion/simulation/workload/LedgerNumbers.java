package io.legion.simulation.workload;

import io.legion.core.Event;
import java.util.List;
import java.util.OptionalLong;

/// What ledgers show of who wrote what: each number is written by one request.
public final class LedgerNumbers {
    private LedgerNumbers() {}

    /// The number that an event writes, if it is one of a ledger.
    public static OptionalLong of(Event<?, ?> event) {
        return event instanceof Ledger.Append append ? OptionalLong.of(append.number()) : OptionalLong.empty();
    }

    /// The numbers that a state shows; none if it is no ledger.
    public static List<Long> in(Object state) {
        return state instanceof Ledger ledger ? ledger.numbers() : List.of();
    }

    /// True if a ledger has dropped numbers: its first one stands for those.
    public static boolean isFull(Object state) {
        return in(state).size() >= Ledger.KEPT;
    }
}
