package com.example.bank;

import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;

/// What can happen to an account. Every replica applies each event, so `apply` is pure; where it throws, nothing
/// changes, and the caller hears why.
// region: events
public sealed interface AccountEvent<O> extends Event<Account, O> {

    /// Gives what is there then.
    record Deposit(long cents) implements AccountEvent<Long> {
        @Override
        public Applied<Account, Long> apply(Account account, EventContext context) {
            var next = new Account(Math.addExact(account.cents(), cents));
            return Applied.of(next, next.cents());
        }
    }

    /// Gives what is there then.
    record Withdraw(long cents) implements AccountEvent<Long> {
        @Override
        public Applied<Account, Long> apply(Account account, EventContext context) {
            if (account.cents() < cents) {
                throw new IllegalStateException("not enough money: " + account.cents() + " cents");
            }
            var next = new Account(account.cents() - cents);
            return Applied.of(next, next.cents());
        }
    }
}
// end: events
