package io.legion.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.Legion;
import io.legion.LegionSettings;
import io.legion.Partitions;
import io.legion.RequestException;
import io.legion.core.Applied;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.EventFailedException;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.SearchTag;
import io.legion.core.Tag;
import io.legion.memory.MemoryStore;
import io.legion.memory.SoloCluster;
import io.legion.service.ByteSize;
import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The programs of `docs/quick-start.md`.
final class QuickStartExampleTest {

    // region: state
    record Account(long cents) {}

    sealed interface AccountEvent<O> extends Event<Account, O> {}

    record Deposit(long cents) implements AccountEvent<Long> {
        @Override
        public Applied<Account, Long> apply(Account state, EventContext context) {
            var next = new Account(state.cents() + cents);
            return Applied.of(next, next.cents());
        }
    }

    record Withdraw(long cents) implements AccountEvent<Long> {
        @Override
        public Applied<Account, Long> apply(Account state, EventContext context) {
            if (state.cents() < cents) {
                throw new IllegalStateException("not enough money");
            }
            var next = new Account(state.cents() - cents);
            return Applied.of(next, next.cents());
        }
    }
    // end: state

    // region: type
    static final PartitionType<Account> ACCOUNTS = PartitionType.named("account", new Account(0))
            .events(AccountEvent.class)
            .index(account -> Set.of(Tag.of("cents", account.cents())));
    // end: type

    private static void bank(Logger logger) {
        var monitor = RecordingMonitor.open();
        // region: open
        var settings = LegionSettings.named("bank");
        var memory = new MemoryStore.Config(ByteSize.parse("256 MiB"));
        try (var store = MemoryStore.open(memory);
                var cluster = SoloCluster.open();
                var legion = Legion.with(settings)
                        .store(store)
                        .cluster(cluster)
                        .logger(logger)
                        .monitor(monitor)
                        .open(ACCOUNTS)) {
            serve(legion.partitions(ACCOUNTS));
        }
        // end: open
    }

    private static void serve(Partitions<Account> bank) {
        // region: use
        long now = bank.of("alice").request(new Deposit(100), Consistency.FAST).output();
        long sure = bank.of("alice").request(new Deposit(50), Consistency.FINAL).output();
        Account alice = bank.of("alice").read(Consistency.FAST);
        // end: use
        assertThat(now).isEqualTo(100);
        assertThat(sure).isEqualTo(150);
        assertThat(alice.cents()).isEqualTo(150);
        // region: failure
        try {
            bank.of("alice").request(new Withdraw(1_000), Consistency.FAST).output();
        } catch (EventFailedException notEnough) {
            // the account is as it was, on every node
        }
        // end: failure
        assertThat(bank.of("alice").read(Consistency.FAST)).isEqualTo(alice);
        bank.of("bob").request(new Deposit(20), Consistency.FAST);
        // region: search
        var rich = bank.search(SearchTag.from(Tag.of("cents", 100)))
                .map(record -> record.key().text())
                .toList();
        // end: search
        assertThat(rich).containsExactly("alice");
        retry(bank);
    }

    private static void retry(Partitions<Account> bank) {
        // region: retry
        var alice = PartitionKey.of("alice");
        var id = bank.of(alice).nextRequestId();
        try {
            bank.of(alice).request(new Deposit(1), Consistency.FAST, id);
        } catch (RequestException.TimedOut unknown) {
            bank.of(alice).request(new Deposit(1), Consistency.FAST, id); // counts once, whatever became of the first
        }
        // end: retry
        assertThat(bank.of(alice).read(Consistency.FAST).cents()).isEqualTo(151);
    }

    @Test
    void theQuickStartWorks() {
        try (var logger = RecordingLogger.open()) {
            bank(logger);
        }
    }
}
