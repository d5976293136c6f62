package com.example.bank;

import io.legion.core.Event;
import io.legion.simulation.Randomness;
import io.legion.simulation.Simulation;
import org.junit.jupiter.api.Test;

/// Runs the events in simulated clusters whose networks, disks and clocks fail.
final class AccountEventTest {
    // region: simulation
    @Test
    void noAccountIsEverOverdrawn() {
        Simulation.of(Account.TYPE)
                .events(AccountEventTest::event)
                .mayFail(IllegalStateException.class)
                .invariant(account -> account.cents() >= 0)
                .seeds(20)
                .run();
    }

    private static Event<Account, ?> event(Randomness random) {
        long cents = random.between(1, 100);
        return random.chance(0.5) ? new AccountEvent.Deposit(cents) : new AccountEvent.Withdraw(cents);
    }
    // end: simulation
}
