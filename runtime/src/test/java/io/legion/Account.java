package io.legion;

import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import io.legion.core.Tag;
import java.util.Set;

/// The partition type of the tests.
public record Account(long cents, String note) {
    public static final PartitionType<Account> TYPE = PartitionType.named("account", new Account(0, ""))
            .events(Change.class)
            .index(account -> account.cents() == 0 ? Set.of() : Set.of(Tag.of("cents", account.cents())));

    public sealed interface Change<O> extends Event<Account, O> {}

    public record Deposit(long cents) implements Change<Long> {
        @Override
        public Applied<Account, Long> apply(Account state, EventContext context) {
            var next = new Account(state.cents() + cents, state.note());
            return Applied.of(next, next.cents());
        }
    }

    /// Throws if there is not enough.
    public record Withdraw(long cents) implements Change<Long> {
        @Override
        public Applied<Account, Long> apply(Account state, EventContext context) {
            if (state.cents() < cents) {
                throw new IllegalStateException("only " + state.cents() + " there");
            }
            var next = new Account(state.cents() - cents, state.note());
            return Applied.of(next, next.cents());
        }
    }

    /// Throws if it is by zero, which nobody means to happen.
    public record Divide(long by) implements Change<Long> {
        @Override
        public Applied<Account, Long> apply(Account state, EventContext context) {
            var next = new Account(state.cents() / by, state.note());
            return Applied.of(next, next.cents());
        }
    }

    public record Note(String text) implements Change<String> {
        @Override
        public Applied<Account, String> apply(Account state, EventContext context) {
            return Applied.of(new Account(state.cents(), text), state.note());
        }
    }
}
